import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecommendationRequest } from '../../src/domain.ts';
import { createLogger } from '../../src/logger.ts';
import { LibraryHolder } from '../../src/services/library.ts';
import type { OpenModelAccess } from '../../src/services/modelAccess.ts';
import { RunDesk, type RunEvent } from '../../src/services/runDesk.ts';
import type { Store } from '../../src/store/database.ts';
import { temporaryStore, type TemporaryStore } from '../support/temporaryStore.ts';
import { handMadeLibrary } from './handMadeLibrary.ts';

let home: TemporaryStore;
beforeEach(async () => {
  home = await temporaryStore();
});
afterEach(() => home.dispose());

const REQUEST: RecommendationRequest = {
  prompt: 'a heist at night', ratings: [], tags: [], usePastRatings: false, k: 3, filters: {}, popularity: 0.1, diversity: 0,
  blend: 'linear', tagMatch: 'smoothed',
}; // prettier-ignore
const NOBODY = { userId: null, visitorId: null, profile: { ratings: [], hidden: [], watchlist: [] } };

const withoutModel: OpenModelAccess = async () => ({
  access: {
    understand: null,
    score: null,
    refusal: { code: 'no_chat_model', reason: 'none' },
    cache: { get: async () => new Map(), put: async () => {} },
    recordCall: () => {},
  },
  timeoutMs: 1000,
});

function openDesk(store: Store): RunDesk {
  const library = new LibraryHolder({ dataDir: home.dataDir, readActive: async () => null });
  Object.defineProperty(library, 'current', { value: handMadeLibrary() });
  return new RunDesk({ store, library, openModelAccess: withoutModel, logger: createLogger('silent') });
}

describe('a list that cannot be stored', () => {
  it('is told as failed to whoever follows it, and is not held any longer', async () => {
    const runs = { ...home.store.runs, create: () => Promise.reject(new Error('the disk is full')) };
    const desk = openDesk({ ...home.store, runs });
    const run = await desk.start('recommendations', REQUEST, NOBODY, { wait: false });
    const last = new Promise<RunEvent>((resolve) => {
      desk.follow(run.runId, (event) => event.type === 'done' && resolve(event));
    });
    expect((await last).run.state).toBe('failed');
    expect(desk.follow(run.runId, () => {})).toBeNull();
    await desk.close();
  });

  it('fails whoever waits for it with the reason', async () => {
    const runs = { ...home.store.runs, create: () => Promise.reject(new Error('the disk is full')) };
    const desk = openDesk({ ...home.store, runs });
    await expect(desk.start('recommendations', REQUEST, NOBODY, { wait: true })).rejects.toThrow('the disk is full'); // prettier-ignore
  });
});
