import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { TextFit } from '../../src/retrieval/textFit.ts';
import { TitleIndex } from '../../src/retrieval/titleMatch.ts';
import { measure } from '../../training/distil/measureTextFit.ts';
import { readCorpus, readQueries } from '../../training/distil/realCorpus.ts';
import { sharedPath } from '../support/shared.ts';

const archive = sharedPath('data/genome_2021_sample.zip');

/** Time bounds are several times what a quiet machine needs: they catch a wrong order of growth, not a busy neighbour. */
describe.skipIf(archive === null)('the retrieval on 18,515 real titles', async () => {
  const titles = archive ? await readCorpus(dirname(archive), false) : [];
  const timed = <Result>(work: () => Result): { result: Result; ms: number } => {
    const started = performance.now();
    return { result: work(), ms: performance.now() - started };
  };

  it('builds, revives and answers in time, and finds titles by mood', () => {
    const built = timed(() => TextFit.build(titles));
    expect(built.ms).toBeLessThan(10_000);
    const bytes = serialize(built.result.state);
    const revived = timed(() => TextFit.revive(deserialize(bytes) as TextFit['state']));
    expect(revived.ms).toBeLessThan(600);
    // Every sixteenth query of the half that nothing was tuned on.
    const queries = readQueries(dirname(archive!)).filter((_, at) => at % 32 === 1);
    const measured = measure(revived.result, titles, queries);
    expect(measured.queries).toBeGreaterThan(120);
    expect(measured.recallAt10).toBeGreaterThan(0.25);
    expect(measured.meanReciprocalRank).toBeGreaterThan(0.15);
    expect(measured.millisecondsPerQuery).toBeLessThan(60);
  });

  it('finds nearly every title by its own name and year', () => {
    const index = TitleIndex.build(
      titles.map(({ movieId, names, year, popularity }) => ({ key: movieId, names, year, popularity })),
    );
    const missed = titles.filter(({ movieId, names, year }) => {
      const found = index.find(names[0]!, { year })?.key;
      return found !== movieId && !titles.some((other) => other.movieId === found && other.year === year);
    });
    expect(missed.map(({ names, year }) => `${names[0]} ${year}`).slice(0, 5)).toEqual([]);
    const completed = timed(() =>
      ['dark kni', 'knigth', 'the', 'lord ring', ''].map((query) => index.complete(query, 10)),
    );
    expect(completed.ms).toBeLessThan(300);
    expect(completed.result.every((keys) => keys.length > 0)).toBe(true);
  });
});
