import { Socket } from 'node:net';

/** One line of progress. With `ms` the step is over. */
export interface Progress {
  step: string;
  done: number;
  total?: number;
  ms?: number;
  note?: string;
}

export type OnProgress = (progress: Progress) => void;

const MINIMUM_GAP_MS = 100;

/** The child's end of the progress pipe: JSON lines on file descriptor 3, the result or the error as the last one. */
export class ProgressPipe {
  private readonly socket: Socket | null;
  private lastMs = 0;
  private lastStep = '';

  /** @param onOrphaned the parent holds the other end: when it is gone, however it died, nobody waits for this work */
  constructor(onOrphaned: () => void = () => process.exit(1)) {
    this.socket = openDescriptor3();
    this.socket?.on('end', onOrphaned).on('error', onOrphaned);
    this.socket?.resume();
    this.socket?.unref();
  }

  readonly report: OnProgress = (progress) => {
    const now = performance.now();
    const isNews = progress.ms !== undefined || progress.step !== this.lastStep;
    if (!isNews && now - this.lastMs < MINIMUM_GAP_MS) return;
    this.lastMs = now;
    this.lastStep = progress.step;
    this.write(progress);
  };

  /** Sends the last line and waits until it is on its way. */
  async finish(last: { result: unknown } | { error: { message: string; exitCode: number } }): Promise<void> {
    await new Promise<void>((done) => this.write(last, done));
  }

  private write(line: unknown, done: () => void = () => {}): void {
    const text = `${JSON.stringify(line)}\n`;
    if (this.socket) this.socket.write(text, () => done());
    else process.stderr.write(text, () => done());
  }
}

/** null when started by hand, without a parent that listens. */
function openDescriptor3(): Socket | null {
  if (!process.env['MARQUEE_PROGRESS_PIPE']) return null;
  try {
    return new Socket({ fd: 3, readable: true, writable: true });
  } catch {
    return null;
  }
}

/** Runs one step and reports its time at the end. */
export async function timed<Result>(
  onProgress: OnProgress,
  step: string,
  work: () => Promise<{ result: Result; done: number; note?: string }>,
): Promise<Result> {
  const startedAt = performance.now();
  onProgress({ step, done: 0 });
  const { result, done, note } = await work();
  onProgress({ step, done, ms: Math.round(performance.now() - startedAt), ...(note ? { note } : {}) });
  return result;
}
