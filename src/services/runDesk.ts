import type { RecommendationRequest, Run } from '../domain.ts';
import { notFound, notReady } from '../errors.ts';
import { startDeadline } from '../llm/deadline.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/database.ts';
import type { LibraryHolder } from './library.ts';
import { recommendLite } from './recommendLite.ts';
import { recommendTitles } from './recommendTitles.ts';
import { startRun, type Asker } from './recommend/runs.ts';
import type { OpenModelAccess } from './modelAccess.ts';

/** What a follower of a running list is told. */
export type RunEvent =
  { type: 'progress'; line: string; done: number; total: number; run: Run } | { type: 'done'; run: Run };
export type RunListener = (event: RunEvent) => void;

/** Who wants to see a run: enough of a person to decide. */
export interface Viewer {
  userId: number | null;
  visitorId: string | null;
}

interface ActiveRun {
  run: Run;
  stop: AbortController;
  listeners: Set<RunListener>;
  lastEvent: RunEvent | null;
  finished: Promise<Run>;
}

/** No chat model may take longer (`timeoutMs` in config.ts): whoever still says "running" then has stopped. */
const LONGEST_RUN_MS = 310_000;

/** Where lists are made, kept, followed and read again. */
export class RunDesk {
  private readonly active = new Map<string, ActiveRun>();
  private readonly beingTakenUp = new Set<string>();
  private readonly openedAt = Date.now();
  private isClosing = false;
  private readonly store: Store;
  private readonly library: LibraryHolder;
  private readonly openModelAccess: OpenModelAccess;
  private readonly logger: Logger;

  constructor(parts: {
    store: Store;
    library: LibraryHolder;
    openModelAccess: OpenModelAccess;
    logger: Logger;
  }) {
    this.store = parts.store;
    this.library = parts.library;
    this.openModelAccess = parts.openModelAccess;
    this.logger = parts.logger;
  }

  /**
   * Starts a list and stores it.
   * @param wait true: the answer is the finished run; false: it goes on while the page follows it
   * @param isSteerable a slider will be shown over it
   */
  async start(
    page: Run['page'],
    request: RecommendationRequest,
    asker: Asker,
    { wait, isSteerable = false }: { wait: boolean; isSteerable?: boolean },
  ): Promise<Run> {
    const run = startRun(page, request, asker);
    if (page === 'lite') {
      recommendLite(run, this.libraryNow(), asker);
      await this.store.runs.create(run);
      return run;
    }
    const { finished } = await this.begin(run, asker, { isSteerable });
    return wait ? finished : run;
  }

  /** A run that this viewer may see, with what it has so far. @throws AppError 404 */
  async read(runId: string, viewer: Viewer): Promise<Run> {
    const run = this.active.get(runId)?.run ?? (await this.store.runs.get(runId));
    if (!run || !mayRead(run, viewer))
      throw notFound('There is no list at this address, or it is not shared.');
    return run;
  }

  /**
   * Tells the listener what happens to a running list, from the last event on.
   * @returns a function that stops listening; null when the run is not being made here any more
   */
  follow(runId: string, listener: RunListener): (() => void) | null {
    const active = this.active.get(runId);
    if (!active) return null;
    active.listeners.add(listener);
    if (active.lastEvent) listener(active.lastEvent);
    return () => active.listeners.delete(listener);
  }

  /** Makes a list from the start that its server was stopped in the middle of. Its owner's looking at it is the occasion. */
  async resume(run: Run, asker: Asker): Promise<Run> {
    if (!this.isInterrupted(run) || !isOwner(run, asker)) return run;
    this.beingTakenUp.add(run.runId);
    try {
      const { runId, createdAt, isShared } = run;
      const again = { ...startRun(run.page, run.request, asker), runId, createdAt, isShared };
      return (await this.begin(again, asker, { isSteerable: true, isStored: true })).run;
    } finally {
      this.beingTakenUp.delete(run.runId);
    }
  }

  /** It says "running", and nobody is making it: it is from before this start, or older than a list can take. */
  private isInterrupted({ runId, state, createdAt }: Run): boolean {
    if (state !== 'running' || this.active.has(runId) || this.beingTakenUp.has(runId)) return false;
    const startedAt = Date.parse(createdAt);
    return startedAt < this.openedAt || Date.now() - startedAt > LONGEST_RUN_MS;
  }

  /** Ends the model's work; the list settles at once with what is there. */
  async stop(runId: string, viewer: Viewer): Promise<void> {
    const run = await this.read(runId, viewer);
    if (isOwner(run, viewer)) this.active.get(runId)?.stop.abort(new Error('stopped'));
  }

  /** Opens a run to anyone with its address. Owner only; for others it does not exist. */
  async share(runId: string, viewer: Viewer): Promise<Run> {
    const run = await this.read(runId, viewer);
    if (!isOwner(run, viewer)) throw notFound();
    run.isShared = true;
    await this.store.runs.share(runId);
    return run;
  }

  /** Ends all model work and waits until every list is stored. */
  async close(): Promise<void> {
    this.isClosing = true;
    const lists = [...this.active.values()];
    for (const { stop } of lists) stop.abort(new Error('closing'));
    await Promise.allSettled(lists.map(({ finished }) => finished));
  }

  private async begin(
    run: Run,
    asker: Asker,
    { isSteerable, isStored = false }: { isSteerable: boolean; isStored?: boolean },
  ): Promise<ActiveRun> {
    const library = this.libraryNow();
    const stop = new AbortController();
    const { access, timeoutMs } = await this.openModelAccess(run, asker);
    const active: ActiveRun = {
      run,
      stop,
      listeners: new Set(),
      lastEvent: null,
      finished: Promise.resolve(run),
    };
    const tell = (event: RunEvent) => {
      active.lastEvent = event;
      for (const listener of active.listeners) listener(event);
    };
    const isModelled = access.understand !== null || access.score !== null;
    const isInStore = isModelled || isStored;
    if (isModelled && !isStored) await this.store.runs.create(run);
    this.active.set(run.runId, active);
    // A request that was already in the house when closing began gets what there is without a model.
    if (this.isClosing) stop.abort(new Error('closing'));
    const deadline = startDeadline(timeoutMs, stop.signal);
    active.finished = recommendTitles(run, {
      library,
      asker,
      access,
      deadline,
      isSteerable,
      report: (progress) => tell({ type: 'progress', ...progress }),
    })
      .catch((error: unknown) => {
        run.state = 'failed';
        this.logger.error({ err: error, runId: run.runId }, 'a list could not be made');
        throw error;
      })
      .finally(async () => {
        deadline.end();
        try {
          await (isInStore ? this.store.runs.update(run) : this.store.runs.create(run));
        } catch (error) {
          run.state = 'failed';
          this.logger.error({ err: error, runId: run.runId }, 'a list could not be stored');
          throw error;
        } finally {
          // Followers must not wait for a list that nobody makes any more.
          this.active.delete(run.runId);
          tell({ type: 'done', run });
        }
      });
    // Whoever waits sees the failure; when nobody does it must not end the process.
    active.finished.catch(() => {});
    return active;
  }

  private libraryNow() {
    const library = this.library.current;
    if (!library) throw notReady('The catalogue is still being loaded.');
    return library;
  }
}

/** Owner, shared, or made without any cookie: then whoever has the unguessable id. */
function mayRead(run: Run, viewer: Viewer): boolean {
  const isNobodys = run.userId === null && run.visitorId === null;
  return run.isShared || isNobodys || isOwner(run, viewer);
}

function isOwner(run: Run, viewer: Viewer): boolean {
  if (run.userId !== null) return run.userId === viewer.userId;
  return run.visitorId !== null && run.visitorId === viewer.visitorId;
}
