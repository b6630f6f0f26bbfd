import { createRequire } from 'node:module';
import type { SessionData, Store as SessionStoreType } from 'express-session';
import type { Store } from './database.ts';

export interface SqlSessionStore extends SessionStoreType {
  /** Ends the sweep of expired sessions; call it at shutdown. */
  stopExpiringSessions(): void;
  clearExpiredSessions(done?: Done): unknown;
}

type Done = (error?: unknown, result?: unknown) => void;

/** The part of connect-session-sequelize that we use; the package has no types. Without a callback its methods answer with promises. */
interface SequelizeStore extends SqlSessionStore {
  get(sid: string, done: (error: unknown, session?: SessionData | null) => void): void;
  set(sid: string, session: SessionData, done?: Done): unknown;
  touch(sid: string, session: SessionData, done?: Done): unknown;
  destroy(sid: string, done?: Done): unknown;
}
type SequelizeStoreClass = new (options: object) => SequelizeStore;

const SWEEP_EVERY_MS = 15 * 60_000;

/**
 * Sessions in our `sessions` table, for express-session. The signed-in person's id (passport's `session.passport.user`,
 * or `session.userId`) is kept in a column, so that a person's sessions can be ended by `store.sessions`.
 * @param Base express-session's own `Store` class, handed in because only `web` knows Express.
 */
export function createSessionStore(store: Store, Base: typeof SessionStoreType): SqlSessionStore {
  const { database } = store;
  const load = createRequire(import.meta.url);
  const extendStore = load('connect-session-sequelize') as (
    base: typeof SessionStoreType,
  ) => SequelizeStoreClass;

  /** Its statements queue with all other writes. */
  class QueuedStore extends extendStore(Base) {
    override set(sid: string, session: SessionData, done?: Done) {
      return answer(
        database.writeStatement(async () => super.set(sid, session)),
        done,
      );
    }
    /** Reading a page writes nothing: the session's own hourly mark (`seenAt`) moves its end. */
    override touch(_sid: string, _session: SessionData, done?: Done) {
      done?.();
    }
    override destroy(sid: string, done?: Done) {
      return answer(
        database.writeStatement(async () => super.destroy(sid)),
        done,
      );
    }
    override clearExpiredSessions(done?: Done) {
      return answer(
        database.writeStatement(async () => super.clearExpiredSessions()),
        done,
      );
    }
  }

  return new QueuedStore({
    db: database.sequelize,
    table: 'Session',
    checkExpirationInterval: SWEEP_EVERY_MS,
    extendDefaultFields: (defaults: object, session: object) => ({ ...defaults, userId: userIdOf(session) }),
  });
}

/** With a callback the failure goes there, and only there. */
async function answer(work: Promise<unknown>, done?: Done): Promise<unknown> {
  if (!done) return work;
  try {
    const result = await work;
    done(null, result);
    return result;
  } catch (error) {
    done(error);
    return undefined;
  }
}

function userIdOf(session: { passport?: { user?: unknown }; userId?: unknown }): number | null {
  const userId = session.passport?.user ?? session.userId;
  return typeof userId === 'number' ? userId : null;
}
