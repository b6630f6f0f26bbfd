/** Leave to call, for one call: it is given back by `failed` or `gaveUp`. */
export interface Pass {
  /** The one call that is let through to see whether the server is well again. */
  isTrial: boolean;
}

/**
 * Leaves a model alone that failed several times in a row: opens after `failuresToOpen` consecutive failures, lets one
 * trial through after `openMs` (half-open), and closes on the first success.
 */
export class CircuitBreaker {
  #failures = 0;
  #openedAt: number | null = null;
  #hasTrial = false;
  readonly #failuresToOpen: number;
  readonly #openMs: number;
  readonly #now: () => number;

  constructor(options: { failuresToOpen?: number; openMs?: number; now?: () => number } = {}) {
    this.#failuresToOpen = options.failuresToOpen ?? 5;
    this.#openMs = options.openMs ?? 30_000;
    this.#now = options.now ?? Date.now;
  }

  get state(): 'closed' | 'open' | 'half-open' {
    if (this.#openedAt === null) return 'closed';
    return this.#now() - this.#openedAt >= this.#openMs ? 'half-open' : 'open';
  }

  /** Asks for leave to call; null is no. A caller that got it must report with `succeeded`, `failed` or `gaveUp`. */
  tryEnter(): Pass | null {
    if (this.state === 'closed') return { isTrial: false };
    if (this.state === 'open' || this.#hasTrial) return null;
    this.#hasTrial = true;
    return { isTrial: true };
  }

  succeeded(): void {
    this.#failures = 0;
    this.#openedAt = null;
    this.#hasTrial = false;
  }

  failed({ isTrial }: Pass): void {
    // A call from before it opened says nothing new: it must not make the pause longer, nor end the trial of another.
    if (this.#openedAt !== null && !isTrial) return;
    this.#failures++;
    if (isTrial || this.#failures >= this.#failuresToOpen) this.#openedAt = this.#now();
    if (isTrial) this.#hasTrial = false;
  }

  /** The call ended for a reason that says nothing about the server, such as a stop button. */
  gaveUp({ isTrial }: Pass): void {
    if (isTrial) this.#hasTrial = false;
  }
}
