export type TmdbFailure =
  'refused_key' | 'not_found' | 'rate_limited' | 'unreachable' | 'timeout' | 'bad_answer';

const REASONS: Record<TmdbFailure, string> = {
  refused_key: 'TMDB refused the key',
  not_found: 'TMDB does not have it',
  rate_limited: 'TMDB takes no more requests just now',
  unreachable: 'TMDB could not be reached',
  timeout: 'TMDB took too long',
  bad_answer: 'TMDB gave an answer that cannot be read',
};

/** What went wrong with TMDB, in words that are safe to show: the key and the address never stand in them. */
export class TmdbError extends Error {
  override name = 'TmdbError';
  readonly failure: TmdbFailure;
  readonly retryAfterMs: number | undefined;

  constructor(failure: TmdbFailure, detail = '', retryAfterMs?: number) {
    super(detail ? `${REASONS[failure]}: ${detail}` : REASONS[failure]);
    this.failure = failure;
    this.retryAfterMs = retryAfterMs;
  }

  /** Trying again later may help. */
  get isPassing(): boolean {
    return this.failure === 'rate_limited' || this.failure === 'unreachable' || this.failure === 'timeout';
  }
}
