import { userCount } from '../training/ratingsFile.ts';
import { DEFAULT_CHOICES } from './support/options.ts';
import { ProgressPipe } from './support/progress.ts';
import { tagGenome2021 } from './tagGenome2021.ts';

/** Child of the benchmark: the transform alone, its time and the most memory it had. */
const pipe = new ProgressPipe();
const startedAt = performance.now();
const data = await tagGenome2021.transform({
  ...DEFAULT_CHOICES,
  path: process.argv[2]!,
  dataDir: '.',
  onProgress: () => {},
  assignOwnIds: () => Promise.resolve(new Map()),
});
const { table } = data.ratings!;
await pipe.finish({
  result: {
    seconds: (performance.now() - startedAt) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
    titles: table.itemIds.length,
    ratings: table.items.length,
    users: userCount(table),
  },
});
process.exit(0);
