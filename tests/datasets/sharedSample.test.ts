import { describe, expect, test } from 'vitest';
import { matchPlots, type PlotRow } from '../../datasets/support/matchPlots.ts';
import { foldTitle, peopleOf } from '../../datasets/support/matchTitles.ts';
import { seededRandom } from '../../src/seededRandom.ts';
import { openFiles } from '../../datasets/support/zipStream.ts';
import { tagGenome2021 } from '../../datasets/tagGenome2021.ts';
import { userCount } from '../../training/ratingsFile.ts';
import { sharedPath } from '../support/shared.ts';
import { setupOptions } from './support/setupOptions.ts';

const archive = sharedPath('data/genome_2021_sample.zip');
const links = sharedPath('data/links.csv');

/** The archive's rows by the plainest means: everything into memory, JSON.parse a line. */
async function readRows<Row>(ending: string): Promise<Row[]> {
  const files = await openFiles(archive!);
  const chunks: Buffer[] = [];
  for await (const chunk of await files.open(files.find(ending)!)) chunks.push(chunk as Buffer);
  files.close();
  const text = Buffer.concat(chunks).toString();
  return text.trim().split('\n').map((line) => JSON.parse(line) as Row); // prettier-ignore
}

describe.skipIf(!archive)('the sample archive', () => {
  test('has the counts that are known of it, everyone kept', { timeout: 60_000 }, async () => {
    const data = await tagGenome2021.transform(setupOptions({ path: archive, links, activeSince: 0 }));
    const kept = Object.fromEntries(data.steps.map(({ step, kept: counts }) => [step, counts]));
    expect(data.steps[0]!.in).toMatchObject({ titles: 18_563, ratings: 799_840 });
    expect(kept['repeats']).toEqual({ titles: 18_563, ratings: 793_099, users: 5758 });
    expect(kept['year']!.titles).toBe(18_515);
    expect(kept['titles']).toEqual({ titles: 4038, ratings: 751_353, users: 5750 });
    expect(data.titles).toHaveLength(18_515);
    expect(userCount(data.ratings!.table)).toBe(5750);
    expect(data.numbers).toMatchObject({
      tags: 1094,
      tagCountsRead: 43_851,
      titlesWithRelevance: 109,
      badTagRows: 0,
    });
    expect(data.tagCounts.filter(({ count }) => count > 0)).toHaveLength(
      43_851 - data.numbers['tagCountsOfTitlesLeftOut']!,
    );
  });

  test(
    'gives what a plain count of its rows gives, people active since 2015',
    { timeout: 60_000 },
    async () => {
      const data = await tagGenome2021.transform(setupOptions({ path: archive, links }));
      const titles = await readRows<{ item_id: number; title: string }>('raw/metadata_updated.json');
      const years = new Map(
        titles.map(({ item_id, title }) => [item_id, Number(/\((\d{4})\)\s*$/.exec(title)?.[1] ?? 0)]),
      );
      const distinct = new Map<string, { item_id: number; user_id: number; rating: number }>();
      for (const row of await readRows<{ item_id: number; user_id: number; rating: number }>(
        'raw/ratings.json',
      ))
        distinct.set(`${row.user_id} ${row.item_id}`, row);
      const dated = [...distinct.values()].filter(({ item_id }) => years.get(item_id)! > 0);
      const active = new Set(
        dated.filter(({ item_id }) => years.get(item_id)! >= 2015).map(({ user_id }) => user_id),
      );
      const ofActive = dated.filter(({ user_id }) => active.has(user_id));
      const count = new Map<number, number>();
      for (const { item_id } of ofActive) count.set(item_id, (count.get(item_id) ?? 0) + 1);
      const kept = ofActive.filter(({ item_id }) => count.get(item_id)! >= 20);

      const step = Object.fromEntries(data.steps.map((entry) => [entry.step, entry.kept]));
      expect(step['year']!.ratings).toBe(dated.length);
      expect(step['users']).toEqual({ titles: count.size, ratings: ofActive.length, users: active.size });
      expect(step['titles']).toEqual({
        titles: new Set(kept.map(({ item_id }) => item_id)).size,
        ratings: kept.length,
        users: new Set(kept.map(({ user_id }) => user_id)).size,
      });
      const { table } = data.ratings!;
      const sum = kept.reduce((total, { rating }) => total + rating * 2, 0);
      expect(table.halfStars.reduce((total, half) => total + half, 0)).toBe(sum);
      expect(step['titles']).toEqual({ titles: 1348, ratings: 81_483, users: 643 });
    },
  );

  test(
    'plots with misspelt titles find their film: precision .98 and more',
    { timeout: 60_000 },
    async () => {
      const { titles } = await tagGenome2021.transform(
        setupOptions({ path: archive, links, activeSince: 0 }),
      );
      const random = seededRandom(5);
      const letter = () => String.fromCharCode(97 + Math.floor(random() * 26));
      const misspell = (name: string) => {
        const at = 1 + Math.floor(random() * (name.length - 1));
        const kinds = [
          name.slice(0, at) + name.slice(at + 1),
          name.slice(0, at) + letter() + name.slice(at),
          name.slice(0, at) + letter() + name.slice(at + 1),
        ];
        return kinds[Math.floor(random() * 3)]!;
      };
      // Half of the plots name nobody; a third of the films are missing, so that a wrong one may look right.
      const wanted = new Map<PlotRow, number>();
      const rows = titles
        .filter((_, at) => at % 2 === 0)
        .map((title): PlotRow => {
          const isKnown = random() < 0.5;
          const directors = isKnown ? title.directors : [];
          const row: PlotRow = {
        title: title.title, year: title.year, plot: 'x', names: [foldTitle(misspell(title.title))], directors, cast: [],
        people: peopleOf({ directors, cast: isKnown ? title.cast : [] }), genres: [], country: null, language: null,
      }; // prettier-ignore
          wanted.set(row, title.movieId);
          return row;
        });
      const present = titles.filter((_, at) => at % 3 !== 0);
      const startedAt = performance.now();
      const fuzzy = matchPlots(rows, present).matches.filter(({ distance }) => distance > 0);
      expect(performance.now() - startedAt).toBeLessThan(30_000);
      const right = fuzzy.filter(({ row, title }) => wanted.get(row) === title.movieId).length;
      expect(fuzzy.length).toBeGreaterThan(1000);
      expect(right / fuzzy.length).toBeGreaterThanOrEqual(0.98);
    },
  );
});
