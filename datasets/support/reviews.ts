import type { Readable } from 'node:stream';
import { z } from 'zod';
import { BadRows } from './badRows.ts';
import { readJsonLines } from './jsonLines.ts';

const SAMPLES = 3;
const LONGEST_SAMPLE = 400;

export interface TitleReviews {
  count: number;
  /** The first few, cut to a readable length. */
  samples: string[];
}

const reviewRow = z.object({ item_id: z.int().positive(), txt: z.string() });

/** Streams `reviews.json` (gigabytes in the real set) into a count and a few samples for each title. */
export async function readReviews(stream: Readable): Promise<Map<number, TitleReviews>> {
  const bad = new BadRows('reviews.json', 10_000);
  const reviews = new Map<number, TitleReviews>();
  await readJsonLines(stream, reviewRow, bad, (row) => {
    let entry = reviews.get(row.item_id);
    if (!entry) reviews.set(row.item_id, (entry = { count: 0, samples: [] }));
    entry.count++;
    if (entry.samples.length < SAMPLES) entry.samples.push(row.txt.slice(0, LONGEST_SAMPLE));
  });
  return reviews;
}
