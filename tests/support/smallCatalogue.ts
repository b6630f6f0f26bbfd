import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Title } from '../../src/domain.ts';
import type { TagCount, Tag } from '../../src/store/repositories/tags.ts';
import type { RatingsTable } from '../../training/ratingsFile.ts';

/** About 200 titles of the starter with tags, and made-up people who like what shares its tags: enough to test lists on. */
export interface SmallCatalogue {
  titles: Title[];
  tags: Tag[];
  counts: TagCount[];
  ratings: RatingsTable;
}

interface Row extends Omit<Title, 'tags'> {
  movieId: number;
  fame: number;
  tags: Record<string, number>;
}

const FOLDER = join(import.meta.dirname, '../../datasets/starter/titles');
/** Titles that tests name. */
const NAMED = ['Alien', 'The Thing', 'Prometheus', 'Heat', 'Collateral', 'Solaris', 'Aliens', 'Blade Runner', 'Hate', 'Casino', 'Casper', 'Up', 'Her', 'It', '300', 'Milk', 'Seven', 'Amélie', 'Breaking Bad']; // prettier-ignore
const SIZE = 200;

let made: SmallCatalogue | null = null;

/** Made once a test process. */
export const smallCatalogue = (): SmallCatalogue => (made ??= make());

function make(): SmallCatalogue {
  const rows = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => readFileSync(join(FOLDER, name), 'utf8').split('\n').filter(Boolean))
    .map((line) => JSON.parse(line) as Row)
    .map((row, at) => ({ ...row, movieId: row.movieId ?? 2_000_000 + at }));
  const named = rows.filter(({ title }) => NAMED.includes(title));
  const famous = rows
    .filter((row) => !named.includes(row))
    .sort((a, b) => b.fame - a.fame || a.movieId - b.movieId);
  const chosen = [...named, ...famous.slice(0, SIZE - named.length)];
  const ratings = inventRatings(chosen);
  const ratingCounts = countRatings(ratings);
  const names = [...new Set(chosen.flatMap(({ tags }) => Object.keys(tags)))].sort();
  return {
    titles: chosen.map((row) => toTitle(row, ratingCounts.get(row.movieId) ?? 0)),
    tags: names.map((name, at) => ({ tagId: at + 1, name })),
    counts: chosen.flatMap(({ movieId, tags }) =>
      Object.entries(tags).map(([name, relevance]) => ({
        movieId,
        tagId: names.indexOf(name) + 1,
        count: Math.ceil(relevance / 5),
        relevance: relevance / 100,
      })),
    ),
    ratings,
  };
}

function toTitle(row: Row, ratingCount: number): Title {
  const { fame: _fame, tags: _tags, ...facts } = row;
  return {
    ...{
      imdbId: null,
      tmdbId: null,
      otherTitles: [],
      tagline: null,
      keywords: [],
      posterPath: null,
      ratingMean: null,
    },
    ...{ voteCount: 0, isRetired: false },
    ...(facts as unknown as Title),
    ratingCount,
  };
}

/** 400 people with a favourite tag each: they rate titles that have it high and some famous ones in between. */
function inventRatings(rows: readonly Row[]): RatingsTable {
  const random = seeded(7);
  const favourites = [...new Set(rows.flatMap(({ tags }) => Object.keys(tags).slice(0, 3)))].sort();
  const userStart = [0];
  const items: number[] = [];
  const halfStars: number[] = [];
  for (let user = 0; user < 400; user++) {
    const favourite = favourites[Math.floor(random() * favourites.length)]!;
    rows.forEach((row, item) => {
      const liking = row.tags[favourite] ?? 0;
      if (random() > 0.08 + liking / 130) return;
      items.push(item);
      halfStars.push(liking > 0 ? 8 + Math.floor(random() * 3) : 3 + Math.floor(random() * 6));
    });
    userStart.push(items.length);
  }
  return {
    itemIds: Int32Array.from(rows, ({ movieId }) => movieId),
    userStart: Uint32Array.from(userStart),
    items: Uint32Array.from(items),
    halfStars: Uint8Array.from(halfStars),
  };
}

function countRatings({ itemIds, items }: RatingsTable): Map<number, number> {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(itemIds[item]!, (counts.get(itemIds[item]!) ?? 0) + 1);
  return counts;
}

/** A linear congruential generator (Numerical Recipes): the same people in every run. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
