import { expect, it } from 'vitest';
import { scoreTaste } from '../../src/services/recommend/gatherCandidates.ts';
import { handMadeLibrary } from './handMadeLibrary.ts';

it('each setting of the popularity dial has its own scores, whichever was asked for before', () => {
  const library = handMadeLibrary();
  const ratings = [{ movieId: library.catalogue.titles[0]!.movieId, rating: 5 }];
  const scores = (dial: number, of = library) => [...scoreTaste(of, ratings, dial).values];
  const [plain, strong] = [scores(0), scores(0.5)];
  expect(plain).not.toEqual(strong);
  expect(scores(0)).toEqual(plain);
  expect(scores(0.5)).toEqual(strong);
  expect(scores(0.5, handMadeLibrary())).toEqual(strong);
});

it('the reason of a title is the sum of what its ratings say', () => {
  const library = handMadeLibrary();
  const ratings = library.catalogue.titles.slice(0, 3).map(({ movieId }) => ({ movieId, rating: 5 }));
  const taste = scoreTaste(library, ratings, 0);
  for (let row = 0; row < library.catalogue.size; row++) {
    const { raw, because } = taste.reasonOf(row);
    expect(raw).toBeCloseTo(taste.values[row]!, 6);
    expect(because.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(raw, 12);
  }
});

it('a title tells of the tags that are asked about, as a part of all it has', () => {
  const { catalogue } = handMadeLibrary();
  for (let row = 0; row < catalogue.size; row++) {
    const whole = catalogue.tagProfileOf(row);
    const part = catalogue.tagProfileOf(row, new Set([1, 4]));
    expect(part.total).toBe(whole.total);
    expect(part.tags).toEqual(whole.tags.filter(({ tagId }) => tagId === 1 || tagId === 4));
  }
  expect(catalogue.tagProfileOf(0, new Set([1])).tags).toHaveLength(1);
});
