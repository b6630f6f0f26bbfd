import { userCount } from '../training/ratingsFile.ts';
import { ProgressPipe } from './support/progress.ts';
import { tagGenome2021 } from './tagGenome2021.ts';

/** Child of the benchmark: the transform alone, its time and the most memory it had. */
const pipe = new ProgressPipe();
const startedAt = performance.now();
const data = await tagGenome2021.transform({
  path: process.argv[2]!,
  links: null,
  activeSince: null,
  minRatings: 20,
  reviews: false,
  newTitles: false,
  minVotes: 0,
  mapping: [],
  since: null,
  region: 'US',
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
