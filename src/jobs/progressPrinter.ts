import type { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import type { ChildProgress } from './runChild.ts';

export interface ProgressPrinter {
  show(progress: ChildProgress): void;
  /** Takes the bar off the terminal; lines printed so far stay. */
  end(): void;
}

/** Prints progress as it comes: a bar that moves on a terminal, one line a finished step anywhere. */
export function printProgress(stream: Writable): ProgressPrinter {
  const bar = 'isTTY' in stream && stream.isTTY ? createBar(stream as NodeJS.WriteStream) : null;
  return {
    show: (progress) => {
      if (progress.ms === undefined) return bar?.show(progress);
      bar?.hide();
      stream.write(`${finishedLine(progress)}\n`);
    },
    end: () => bar?.hide(),
  };
}

/** "load titles 18,515 … 2.1 s", with the note in brackets. */
export function finishedLine({ step, done, ms = 0, note }: ChildProgress): string {
  const count = done > 1 ? ` ${done.toLocaleString('en-US')}` : '';
  return `${step}${count}${note ? ` (${note})` : ''} … ${formatMs(ms)}`;
}

function formatMs(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

interface StepBar {
  show: (progress: ChildProgress) => void;
  hide: () => void;
}

function createBar(stream: NodeJS.WriteStream): StepBar {
  let current: { step: string; bar: SingleBar } | null = null;
  const hide = () => {
    current?.bar.stop();
    current = null;
  };
  return {
    hide,
    show: ({ step, done, total = 0 }) => {
      if (current?.step !== step) {
        hide();
        const bar = new SingleBar({
          stream,
          clearOnComplete: true,
          hideCursor: true,
          format: total > 0 ? '{step} {bar} {percentage} % of {total}' : '{step} {value}',
          barsize: 24,
          formatValue: (value, _options, type) =>
            type === 'value' || type === 'total' ? value.toLocaleString('en-US') : String(value),
        });
        bar.start(total, done, { step });
        current = { step, bar };
      }
      if (total > 0) current.bar.setTotal(total);
      current.bar.update(done, { step });
    },
  };
}
