import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/database.ts';
import { makeTitle } from '../support/temporaryStore.ts';
import type { UnderTest } from './storeSupport.ts';

/** Titles and their tags. */
export function catalogueContract(begin: () => UnderTest): void {
  let store: Store;
  let userId: number;
  beforeEach(() => {
    ({ store, userId } = begin());
  });

  describe('movies', () => {
    const full = makeTitle(1_000, {
      imdbId: 'tt0113277',
      tmdbId: 949,
      title: `Heat; '); DROP TABLE movies; -- $1 :a ?`,
      originalTitle: 'Heat "é" \\ 映画 🎬',
      otherTitles: ['Fuego contra fuego', 'It\'s "hot"'],
      year: 1995,
      kind: 'tv',
      genres: ['Crime', 'Drama'],
      directors: ['Michael Mann'],
      cast: ['Al Pacino', 'Robert De Niro'],
      countries: ['US'],
      languages: ['en', 'es'],
      runtimeMinutes: 170,
      tagline: 'A Los Angeles crime saga',
      plot: 'Line one\nline two\ttabbed',
      keywords: ['heist'],
      providers: ['Netflix'],
      posterPath: '/abc.jpg',
      ratingCount: 28_546,
      ratingMean: 11.5 / 3,
      voteCount: 4000,
      isRetired: true,
    });

    it('come back with every fact as it went in, to the last digit', async () => {
      await store.movies.upsertMany([full]);
      expect(await store.movies.get(1_000)).toEqual(full);
      expect((await store.movies.readAll()).find((title) => title.movieId === 1_000)).toEqual(full);
      expect((await store.movies.getMany([1_000, 5, 404])).get(1_000)).toEqual(full);
      expect((await store.movies.getMany([1_000, 5, 404])).size).toBe(2);
      expect(await store.movies.get(404)).toBeNull();
    });

    it('are overwritten by movieId, and twice is once', async () => {
      const before = await store.movies.count();
      await store.movies.upsertMany([makeTitle(2_000, { title: 'Old' })]);
      await store.movies.upsertMany([makeTitle(2_000, { title: 'New' })]);
      expect(await store.movies.count()).toBe(before + 1);
      expect((await store.movies.get(2_000))?.title).toBe('New');
    });

    it('survive characters a database has no place for', async () => {
      await store.movies.upsertMany([makeTitle(2_001, { title: 'a\u0000b\ud800c', genres: ['x\u0000y'] })]);
      expect(await store.movies.get(2_001)).toMatchObject({ title: 'ab\ufffdc', genres: ['xy'] });
    });

    it('take the facts that are given and keep the others', async () => {
      await store.movies.upsertMany([makeTitle(2_002, { plot: 'kept', cast: ['kept'] })]);
      const updated = await store.movies.updateFacts([
        { movieId: 2_002, posterPath: '/p.jpg' },
        { movieId: 2_002, keywords: ['new'] },
        { movieId: 404, plot: 'nobody' },
      ]);
      expect(updated).toEqual({ updated: 1 });
      expect(await store.movies.get(2_002)).toEqual(
        makeTitle(2_002, { plot: 'kept', cast: ['kept'], posterPath: '/p.jpg', keywords: ['new'] }),
      );
    });

    it('give each key one own id for ever, from a million up', async () => {
      const first = await store.movies.assignOwnIds(['tt1', 'heat 1995 movie', 'tt1']);
      expect(first.get('tt1')).toBe(1_000_000);
      expect(first.get('heat 1995 movie')).toBe(1_000_001);
      const second = await store.movies.assignOwnIds(['tt9', 'heat 1995 movie']);
      expect([...second].sort()).toEqual([
        ['heat 1995 movie', 1_000_001],
        ['tt9', 1_000_002],
      ]);
      expect((await store.movies.ownIds()).size).toBe(3);
      expect(await store.movies.assignOwnIds([])).toEqual(new Map());
    });
  });

  describe('tags', () => {
    const tags = [
      { tagId: 1, name: 'slow burn' },
      { tagId: 2, name: "ain't it" },
    ];
    const counts = [
      { movieId: 1, tagId: 1, count: 3, relevance: null },
      { movieId: 1, tagId: 2, count: 9, relevance: 0.75 },
      { movieId: 2, tagId: 1, count: 1, relevance: null },
    ];

    it('are replaced as a whole and read by title, most applied first', async () => {
      await store.tags.replaceAll([{ tagId: 5, name: 'old' }], [{ ...counts[0]!, tagId: 5 }]);
      await store.tags.replaceAll(tags, counts);
      const read = await store.tags.readAll();
      expect(read.tags).toEqual(tags);
      expect([...read.counts.movieIds]).toEqual([1, 1, 2]);
      expect([...read.counts.tagIds]).toEqual([2, 1, 1]);
      expect([...read.counts.counts]).toEqual([9, 3, 1]);
      expect([...read.counts.relevances]).toEqual([0.75, Number.NaN, Number.NaN]);
    });

    it('stay as they were when the new ones fail', async () => {
      await store.tags.replaceAll(tags, counts);
      const unknownTitle = [{ movieId: 404, tagId: 1, count: 1, relevance: null }];
      await expect(store.tags.replaceAll(tags, unknownTitle)).rejects.toThrow();
      expect((await store.tags.readAll()).counts.movieIds).toHaveLength(3);
    });
  });

  describe('retiring', () => {
    it('deletes the titles that are not kept, unless somebody rated, hid or saved them', async () => {
      await store.movies.upsertMany([3_001, 3_002, 3_003, 3_004, 3_005].map((id) => makeTitle(id)));
      await store.tags.replaceAll(
        [{ tagId: 1, name: 'tag' }],
        [{ movieId: 3_001, tagId: 1, count: 1, relevance: null }],
      );
      await store.ratings.put(userId, 3_002, 4);
      await store.hidden.add(userId, 3_003);
      await store.watchlist.add(userId, 3_004);
      const keep = new Set((await store.movies.readAll()).map((title) => title.movieId));
      for (const id of [3_001, 3_002, 3_003, 3_004]) keep.delete(id);
      expect(await store.movies.retireOthers(keep)).toEqual({ deleted: 1, retired: 3 });
      expect(await store.movies.get(3_001)).toBeNull();
      for (const id of [3_002, 3_003, 3_004]) expect((await store.movies.get(id))?.isRetired).toBe(true);
      expect((await store.movies.get(3_005))?.isRetired).toBe(false);
      expect((await store.tags.readAll()).counts.movieIds).toHaveLength(0);
      expect((await store.ratings.get(userId, 3_002))?.rating).toBe(4);
    });
  });
}
