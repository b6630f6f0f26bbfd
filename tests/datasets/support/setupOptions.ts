import type { SetupOptions } from '../../../datasets/dataSet.ts';
import { DEFAULT_CHOICES } from '../../../datasets/support/options.ts';

/** Options of a setup in a test, with own ids counted from 1,000,000. */
export function setupOptions(changes: Partial<SetupOptions>): SetupOptions {
  const ids = new Map<string, number>();
  return {
    ...DEFAULT_CHOICES,
    path: null,
    dataDir: '/nowhere',
    onProgress: () => {},
    assignOwnIds: (keys) => {
      for (const key of keys) if (!ids.has(key)) ids.set(key, 1_000_000 + ids.size);
      return Promise.resolve(ids);
    },
    ...changes,
  };
}
