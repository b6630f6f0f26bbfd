import type { Title } from '../../domain.ts';
import type { Logger } from '../../logger.ts';
import type { Tmdb } from '../../tmdb/tmdb.ts';
import { TmdbError } from '../../tmdb/tmdbError.ts';
import { findPhotograph } from './findPhotograph.ts';
import { PhotographFiles, photographKey } from './photographFiles.ts';

type Pictured = Pick<Title, 'imdbId' | 'tmdbId' | 'kind' | 'posterPath'>;

/** A title whose picture could not be fetched is left alone for this long. */
const RETRY_AFTER_MS = 5 * 60_000;
/** After so many failures in a row, whatever the title, TMDB is left alone. */
const FAILURES_TO_PAUSE = 5;
const PAUSE_MS = 60_000;
const KEY_REFUSED_PAUSE_MS = 10 * 60_000;
/** More titles than this are not waited for at once: the rest is drawn until there is room. */
const MOST_UNDERWAY = 200;
const LOOK_EVERY_MS = 20_000;

/**
 * Photographs of posters at run time. Goals: a page never waits (it only asks `isLikely`, which knows without looking);
 * a title is fetched once however many people look at it; what TMDB does not have is not asked for again; a TMDB that
 * is down costs a few requests and no more. Without a key only the files that are there are shown.
 */
export class Photographs {
  private readonly files: PhotographFiles;
  private readonly tmdb: Tmdb | null;
  private readonly logger: Pick<Logger, 'warn'>;
  private readonly underway = new Map<string, Promise<string | null>>();
  private readonly failedAt = new Map<string, number>();
  private failuresInARow = 0;
  private pausedUntil = 0;
  private lookedAt = 0;
  private readonly stopping = new AbortController();

  /** @param options.connect TMDB, or null without a key; the signal ends what it is doing */
  constructor(options: {
    dataDir: string;
    connect: (signal: AbortSignal) => Tmdb | null;
    logger: Pick<Logger, 'warn'>;
  }) {
    this.files = new PhotographFiles(options.dataDir);
    this.tmdb = options.connect(this.stopping.signal);
    this.logger = options.logger;
  }

  get folder(): string {
    return this.files.folder;
  }

  /** Reads which pictures are there. Once at start; afterwards by itself, for those another process brings. */
  async refresh(): Promise<void> {
    this.lookedAt = Date.now();
    await this.files.refresh();
  }

  /** Whether a page may point to a photograph of this title: it is there, or it makes sense to ask for it. */
  isLikely(title: Pictured): boolean {
    this.lookAgain();
    const key = photographKey(title);
    return key !== null && (this.files.nameOf(key) !== undefined || this.mayAsk(key));
  }

  /** The picture's file name inside `folder`, fetched when it is not there; null when there is none. Never throws. */
  async fileOf(title: Pictured): Promise<string | null> {
    const key = photographKey(title);
    if (key === null) return null;
    const name = this.files.nameOf(key);
    if (name !== undefined) return name;
    let fetching = this.underway.get(key);
    if (!fetching) {
      if (!this.mayAsk(key) || this.underway.size >= MOST_UNDERWAY) return null;
      fetching = this.fetch(key, title).finally(() => this.underway.delete(key));
      this.underway.set(key, fetching);
    }
    return fetching;
  }

  /** Ends what is underway, so that a server that stops need not wait for TMDB. */
  close(): void {
    this.pausedUntil = Infinity;
    this.stopping.abort();
  }

  private mayAsk(key: string): boolean {
    const now = Date.now();
    return (
      this.tmdb !== null &&
      now >= this.pausedUntil &&
      now - (this.failedAt.get(key) ?? 0) >= RETRY_AFTER_MS &&
      !this.files.isKnownAbsent(key)
    );
  }

  private async fetch(key: string, title: Pictured): Promise<string | null> {
    try {
      const photograph = await findPhotograph(this.tmdb!, title);
      this.failuresInARow = 0;
      if (photograph) return await this.files.save(key, photograph.bytes, photograph.type);
      await this.files.saveAbsence(key);
      return null;
    } catch (error) {
      this.noteFailure(key, error as Error);
      return null;
    }
  }

  private noteFailure(key: string, error: Error): void {
    if (this.stopping.signal.aborted) return;
    this.failedAt.set(key, Date.now());
    const isKeyRefused = error instanceof TmdbError && error.failure === 'refused_key';
    if (++this.failuresInARow < FAILURES_TO_PAUSE && !isKeyRefused) return;
    // Those that were underway fail too: said once.
    if (Date.now() >= this.pausedUntil)
      this.logger.warn(
        { reason: error.message },
        'posters cannot be fetched; drawn ones are shown meanwhile',
      );
    this.pausedUntil = Date.now() + (isKeyRefused ? KEY_REFUSED_PAUSE_MS : PAUSE_MS);
    this.failuresInARow = 0;
  }

  private lookAgain(): void {
    if (Date.now() - this.lookedAt < LOOK_EVERY_MS) return;
    void this.refresh().catch((error: unknown) =>
      this.logger.warn({ err: error }, 'the folder of posters cannot be read'),
    );
  }
}
