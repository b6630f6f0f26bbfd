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

  /** Asks for leave to call. A caller that got it must report with `succeeded`, `failed` or `gaveUp`. */
  tryEnter(): boolean {
    if (this.state === 'closed') return true;
    if (this.state === 'open' || this.#hasTrial) return false;
    this.#hasTrial = true;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#openedAt = null;
    this.#hasTrial = false;
  }

  failed(): void {
    this.#failures++;
    if (this.#hasTrial || this.#failures >= this.#failuresToOpen) this.#openedAt = this.#now();
    this.#hasTrial = false;
  }

  /** The call ended for a reason that says nothing about the server, such as a stop button. */
  gaveUp(): void {
    this.#hasTrial = false;
  }
}
