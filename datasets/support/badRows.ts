import { UsageError } from '../../src/errors.ts';
import { type Reason, ReasonCounter } from './report.ts';

/**
 * Rows that cannot be read: counted, named by line, and too many of them stop the work, because then it is the wrong
 * file rather than a file with a few bad lines.
 */
export class BadRows {
  private readonly counter = new ReasonCounter();
  private readonly file: string;
  private readonly limit: number;

  /** @param limit the bad rows allowed before the whole file is refused */
  constructor(file: string, limit = 1000) {
    this.file = file;
    this.limit = limit;
  }

  get count(): number {
    return this.counter.total;
  }

  add(line: number, reason: string): void {
    this.counter.add(`${this.file}: ${reason}`, `line ${line}`);
    if (this.count > this.limit)
      throw new UsageError(`${this.file}: more than ${this.limit} rows cannot be read, ${this.described()}`);
  }

  /** To be called at the end: a file of which half cannot be read is refused however short it is. */
  finish(goodRows: number): void {
    if (this.count > 0 && this.count >= goodRows)
      throw new UsageError(
        `${this.file}: ${this.count} of ${this.count + goodRows} rows cannot be read, ${this.described()}`,
      );
    if (goodRows === 0) throw new UsageError(`${this.file}: there is no row in it`);
  }

  reasons(): Reason[] {
    return this.counter.list();
  }

  private described(): string {
    const first = this.counter.list()[0]!;
    return `such as ${first.examples[0]} (${first.reason.slice(this.file.length + 2)})`;
  }
}
