/**
 * How the threads of one job keep together: a barrier, numbered work queues, and two cells for the parent to look at. All
 * on one shared Int32Array, made new (zeros) for every job.
 */
const ARRIVED = 0;
const GENERATION = 1;
const PROGRESS = 2;
const FAILED = 3;
const FIRST_QUEUE = 4;

export const controlLength = (queues: number): number => FIRST_QUEUE + queues;
export const progressOf = (control: Int32Array): number => Atomics.load(control, PROGRESS);
/** The title at which the matrix was found not to be positive definite, or null. */
export function failureOf(control: Int32Array): number | null {
  const failed = Atomics.load(control, FAILED);
  return failed === 0 ? null : failed - 1;
}

export class Team {
  readonly member: number;
  private readonly control: Int32Array;
  private readonly members: number;
  private generation = 0;
  private queue = FIRST_QUEUE;

  constructor(control: Int32Array, member: number, members: number) {
    this.control = control;
    this.member = member;
    this.members = members;
  }

  /** Waits until every thread is here, and goes on to the next queue. */
  meet(): void {
    this.queue++;
    this.generation++;
    if (Atomics.add(this.control, ARRIVED, 1) === this.members * this.generation - 1) {
      Atomics.store(this.control, GENERATION, this.generation);
      Atomics.notify(this.control, GENERATION);
      return;
    }
    for (;;) {
      const seen = Atomics.load(this.control, GENERATION);
      if (seen >= this.generation) return;
      Atomics.wait(this.control, GENERATION, seen);
    }
  }

  /** Hands out 0 … count − 1 between the threads, in order, to whoever is free; ends with `meet`. */
  share(count: number, work: (task: number) => void): void {
    for (let task = this.take(); task < count; task = this.take()) work(task);
    this.meet();
  }

  reportProgress(done: number): void {
    Atomics.store(this.control, PROGRESS, done);
  }

  fail(title: number): void {
    Atomics.store(this.control, FAILED, title + 1);
  }

  get hasFailed(): boolean {
    return failureOf(this.control) !== null;
  }

  private take(): number {
    return Atomics.add(this.control, this.queue, 1);
  }
}
