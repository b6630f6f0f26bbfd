import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../src/domain.ts';
import type { Store } from '../../src/store/database.ts';
import { makeTitle, makeTitles } from '../support/temporaryStore.ts';

/** The promises of the store, whatever database is below it. `open` gives an empty one. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`the store on ${name}`, () => {
    let store: Store;
    let userId: number;
    let people = 0;
    const someone = async () =>
      (await store.users.create({ name: `person${++people}`, passwordHash: 'x' })).userId;

    beforeAll(async () => {
      store = await open();
      await store.movies.upsertMany(makeTitles(20));
    });
    beforeEach(async () => {
      userId = await someone();
    });
    afterAll(() => store.close());

    describe('users', () => {
      it('come back as they were made', async () => {
        const made = await store.users.create({ name: 'Zoë', passwordHash: 'hash', role: 'admin' });
        expect(made).toEqual({
          userId: made.userId,
          name: 'Zoë',
          passwordHash: 'hash',
          role: 'admin',
          isDisabled: false,
          trainOnRatings: true,
          preferences: {},
          createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
        });
        expect(await store.users.findById(made.userId)).toEqual(made);
      });

      it('are found by name ignoring case and compatibility forms', async () => {
        const made = await store.users.create({ name: 'Straße_Fix', passwordHash: 'x' });
        for (const name of ['straße_fix', 'STRASSE_FIX', 'Straße_\ufb01x'])
          expect((await store.users.findByName(name))?.userId).toBe(made.userId);
        expect(await store.users.findByName('strase_fix')).toBeNull();
      });

      it('cannot share a name, whatever its case', async () => {
        await store.users.create({ name: 'Taken', passwordHash: 'x' });
        await expect(store.users.create({ name: 'tAKEN', passwordHash: 'x' })).rejects.toMatchObject({
          code: 'name_taken',
          status: 409,
          message: 'That name is taken.',
        });
      });

      it('keep each change', async () => {
        await store.users.setPasswordHash(userId, 'new');
        await store.users.setRole(userId, 'admin');
        await store.users.setDisabled(userId, true);
        await store.users.setTrainOnRatings(userId, false);
        await store.users.setPreferences(userId, { importance: 70 });
        expect(await store.users.findById(userId)).toMatchObject({
          passwordHash: 'new',
          role: 'admin',
          isDisabled: true,
          trainOnRatings: false,
          preferences: { importance: 70 },
        });
      });

      it('take everything that is theirs along, and nothing of others', async () => {
        const other = await someone();
        const { token } = await store.apiTokens.create(userId, 'script');
        const reset = await store.passwordResets.create(userId);
        for (const owner of [userId, other]) {
          await store.ratings.put(owner, 1, 4);
          await store.hidden.add(owner, 2);
          await store.watchlist.add(owner, 3);
          await store.runs.create(makeRun(`of-${owner}`, { userId: owner }));
          await store.llmCalls.record({ ...call, userId: owner, promptText: 'secret', costUsd: 0.25 });
        }
        const before = await store.llmCalls.sums();
        expect(await store.users.remove(userId)).toBe(true);
        expect(await store.users.remove(userId)).toBe(false);
        expect(await store.ratings.list(userId)).toEqual([]);
        expect(await store.hidden.list(userId)).toEqual([]);
        expect(await store.watchlist.list(userId)).toEqual([]);
        expect(await store.runs.get(`of-${userId}`)).toBeNull();
        expect(await store.llmCalls.listForUser(userId)).toEqual([]);
        expect(await store.apiTokens.findUserByToken(token)).toBeNull();
        expect(await store.passwordResets.use(reset.token)).toBeNull();
        expect(await store.ratings.list(other)).toHaveLength(1);
        expect(await store.hidden.list(other)).toHaveLength(1);
        expect(await store.watchlist.list(other)).toHaveLength(1);
        expect((await store.runs.get(`of-${other}`))?.userId).toBe(other);
        // The site's bill is the same; whose it was is forgotten.
        expect(await store.llmCalls.sums()).toEqual(before);
      });
    });

    describe('ratings', () => {
      it('keep when they were first given', async () => {
        const first = await store.ratings.put(userId, 1, 4.5);
        expect(first).toMatchObject({ movieId: 1, rating: 4.5 });
        const second = await store.ratings.put(userId, 1, 0.5);
        expect(second).toMatchObject({ movieId: 1, rating: 0.5, createdAt: first.createdAt });
        expect(await store.ratings.list(userId)).toEqual([second]);
        expect(await store.ratings.get(userId, 1)).toEqual(second);
        expect(await store.ratings.get(userId, 2)).toBeNull();
      });

      it('are refused outside 0.5–5 by halves, and for unknown titles', async () => {
        for (const rating of [0, 5.5, 3.25, Number.NaN])
          await expect(async () => store.ratings.put(userId, 1, rating)).rejects.toThrow(RangeError);
        await expect(store.ratings.put(userId, 999, 4)).rejects.toMatchObject({
          code: 'not_found',
          status: 404,
        });
        expect(await store.ratings.list(userId)).toEqual([]);
      });

      it('arrive together: unknown titles are passed over, the last of two counts', async () => {
        const rows = [
          { movieId: 1, rating: 1 },
          { movieId: 999, rating: 5 },
          { movieId: 2, rating: 3.5 },
          { movieId: 1, rating: 2 },
        ];
        expect(await store.ratings.putMany(userId, rows, { keepExisting: false })).toEqual({ saved: 2 });
        expect(await ratingsOf(userId)).toEqual({ 1: 2, 2: 3.5 });
      });

      it('leave what is there when told to, and overwrite it otherwise', async () => {
        await store.ratings.put(userId, 1, 5);
        const rows = [
          { movieId: 1, rating: 1 },
          { movieId: 2, rating: 1 },
        ];
        expect(await store.ratings.putMany(userId, rows, { keepExisting: true })).toEqual({ saved: 1 });
        expect(await ratingsOf(userId)).toEqual({ 1: 5, 2: 1 });
        expect(await store.ratings.putMany(userId, rows, { keepExisting: false })).toEqual({ saved: 2 });
        expect(await ratingsOf(userId)).toEqual({ 1: 1, 2: 1 });
      });

      it('go into training except from those who opted out or were disabled', async () => {
        const optedOut = await someone();
        const disabled = await someone();
        for (const owner of [userId, optedOut, disabled]) await store.ratings.put(owner, 7, 4.5);
        await store.users.setTrainOnRatings(optedOut, false);
        await store.users.setDisabled(disabled, true);
        const training = (await store.ratings.allForTraining()).filter((row) => row.movieId === 7);
        expect(training).toEqual([{ userId, movieId: 7, rating: 4.5 }]);
        expect((await store.ratings.ratedMovieIds()).has(7)).toBe(true);
        expect((await store.ratings.ratedMovieIds()).has(19)).toBe(false);
      });

      const ratingsOf = async (owner: number) =>
        Object.fromEntries((await store.ratings.list(owner)).map(({ movieId, rating }) => [movieId, rating]));
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

    describe('runs', () => {
      it('come back whole, grow, and are shared only when told so', async () => {
        const run = makeRun('run-1', { userId, state: 'running' });
        await store.runs.create(run);
        expect(await store.runs.get('run-1')).toEqual(run);
        expect(await store.runs.share('run-1')).toBe(true);
        const grown: Run = {
          ...run,
          state: 'done',
          candidates: [{ movieId: 1, cf: null, fit: null, popularity: 0.5 }],
        };
        await store.runs.update(grown);
        expect(await store.runs.get('run-1')).toEqual({ ...grown, isShared: true });
        expect(await store.runs.share('nowhere')).toBe(false);
        expect(await store.runs.get('nowhere')).toBeNull();
      });

      it('are kept although a prompt holds what no database takes', async () => {
        const run = makeRun('odd', { userId });
        await store.runs.create({ ...run, request: { ...run.request, prompt: 'a\u0000b\ud800c' } });
        expect((await store.runs.get('odd'))?.request.prompt).toBe('ab\ufffdc');
        await store.runs.update({ ...run, request: { ...run.request, prompt: 'd\u0000e' } });
        expect((await store.runs.get('odd'))?.request.prompt).toBe('de');
        await store.runs.removeOlderThan(-1);
      });

      it('are listed to their owner, newest first', async () => {
        await store.runs.create(makeRun('a1', { userId, createdAt: '2026-01-01T00:00:00.000Z' }));
        await store.runs.create(makeRun('a2', { userId, createdAt: '2026-01-02T00:00:00.000Z' }));
        await store.runs.create(makeRun('v1', { visitorId: `visitor ${userId}` }));
        expect((await store.runs.list({ userId })).map((run) => run.runId)).toEqual(['a2', 'a1']);
        expect((await store.runs.list({ userId }, 1)).map((run) => run.runId)).toEqual(['a2']);
        expect((await store.runs.list({ visitorId: `visitor ${userId}` })).map((run) => run.runId)).toEqual([
          'v1',
        ]);
      });

      it('go after 30 days', async () => {
        const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
        await store.runs.removeOlderThan();
        await store.runs.create(makeRun('old', { createdAt: daysAgo(30.1) }));
        await store.runs.create(makeRun('young', { createdAt: daysAgo(29.9) }));
        expect(await store.runs.removeOlderThan()).toBe(1);
        expect(await store.runs.get('old')).toBeNull();
        expect(await store.runs.get('young')).not.toBeNull();
      });

      it('that a stopped server left unfinished become failed', async () => {
        await store.runs.create(makeRun('left', { state: 'running', createdAt: '2026-01-01T00:00:00.000Z' }));
        await store.runs.create(makeRun('fresh', { state: 'running', createdAt: new Date().toISOString() }));
        await store.runs.failUnfinished(600_000);
        expect((await store.runs.get('left'))?.state).toBe('failed');
        expect((await store.runs.get('fresh'))?.state).toBe('running');
      });
    });

    describe('tokens', () => {
      it('of the API are shown once, found by their text and stored as a hash', async () => {
        const { token, row } = await store.apiTokens.create(userId, 'script');
        expect(token).toMatch(/^mq_[\w-]{43}$/);
        expect(row).toEqual({
          tokenId: row.tokenId,
          name: 'script',
          createdAt: row.createdAt,
          lastUsedAt: null,
        });
        expect(JSON.stringify(await store.database.select('SELECT * FROM api_tokens'))).not.toContain(token);
        expect((await store.apiTokens.findUserByToken(token))?.userId).toBe(userId);
        expect((await store.apiTokens.list(userId))[0]?.lastUsedAt).not.toBeNull();
        expect(await store.apiTokens.findUserByToken(token.slice(0, -1))).toBeNull();
        expect(await store.apiTokens.findUserByToken('')).toBeNull();
      });

      it('of the API are removed by their owner only, and useless when the account is disabled', async () => {
        const { token, row } = await store.apiTokens.create(userId, 'script');
        expect(await store.apiTokens.remove(await someone(), row.tokenId)).toBe(false);
        await store.users.setDisabled(userId, true);
        expect(await store.apiTokens.findUserByToken(token)).toBeNull();
        await store.users.setDisabled(userId, false);
        expect(await store.apiTokens.remove(userId, row.tokenId)).toBe(true);
        expect(await store.apiTokens.findUserByToken(token)).toBeNull();
      });

      it('for a new password work once, in time, and only the newest', async () => {
        const older = await store.passwordResets.create(userId);
        const { token } = await store.passwordResets.create(userId);
        expect(await store.passwordResets.use(older.token)).toBeNull();
        expect(await store.passwordResets.find(token)).toBe(userId);
        const uses = await Promise.all([1, 2, 3].map(() => store.passwordResets.use(token)));
        expect(uses.filter((found) => found === userId)).toHaveLength(1);
        expect(await store.passwordResets.find(token)).toBeNull();
        const late = await store.passwordResets.create(userId, -1);
        expect(await store.passwordResets.use(late.token)).toBeNull();
      });
    });

    describe('jobs', () => {
      it('run one setup or training at a time, and say what is in the way', async () => {
        const setup = await store.jobs.claim('setup', { detail: { dataset: 'starter' } });
        expect(setup).toMatchObject({ kind: 'setup', state: 'running', detail: { dataset: 'starter' } });
        await expect(store.jobs.claim('train')).rejects.toMatchObject({ code: 'job_running', status: 409 });
        const inside = await store.jobs.claim('train', { within: setup.jobId });
        const posters = await store.jobs.claim('posters');
        await expect(store.jobs.claim('posters')).rejects.toMatchObject({ code: 'job_running' });
        expect((await store.jobs.running()).map((job) => job.kind)).toEqual(['posters', 'train', 'setup']);
        for (const job of [setup, inside, posters]) await store.jobs.finish(job.jobId);
        expect(await store.jobs.running()).toEqual([]);
      });

      it('are claimed by one of many who try at once', async () => {
        const tries = await Promise.allSettled([1, 2, 3, 4, 5].map(() => store.jobs.claim('train')));
        const won = tries.filter((result) => result.status === 'fulfilled');
        expect(won).toHaveLength(1);
        await store.jobs.fail(won[0]!.value.jobId, 'No ratings.');
        expect(await store.jobs.get(won[0]!.value.jobId)).toMatchObject({
          state: 'failed',
          error: 'No ratings.',
        });
      });

      it('report how far they are, and are dead after a minute of silence', async () => {
        const job = await store.jobs.claim('train');
        expect(await store.jobs.heartbeat(job.jobId, { step: 'load', done: 5, total: 10 })).toBe(true);
        expect(await store.jobs.get(job.jobId)).toMatchObject({ step: 'load', done: 5, total: 10 });
        const silentSince = new Date(Date.now() - 61_000).toISOString();
        await store.database.run('UPDATE jobs SET "heartbeatAt" = $1 WHERE "jobId" = $2', [
          silentSince,
          job.jobId,
        ]);
        const next = await store.jobs.claim('train');
        expect((await store.jobs.get(job.jobId))?.state).toBe('failed');
        expect(await store.jobs.heartbeat(job.jobId)).toBe(false);
        await store.jobs.finish(next.jobId, { modelId: 'm' });
        expect(await store.jobs.get(next.jobId)).toMatchObject({ state: 'done', detail: { modelId: 'm' } });
        expect((await store.jobs.list(1))[0]?.jobId).toBe(next.jobId);
      });
    });

    describe('models', () => {
      it('are registered, and one of them is active', async () => {
        const facts = { algorithm: 'ease', parameters: { lambda: 400 }, metrics: { 'nDCG@10': 0.25 } };
        const rest = { dataHash: 'f'.repeat(64), titles: 9, createdBy: 'test' };
        for (const modelId of ['m1', 'm2'])
          await store.models.create({ modelId, file: `${modelId}.ease`, ...facts, ...rest });
        expect(await store.models.active()).toBeNull();
        expect(await store.models.activate('m1')).toBe(true);
        expect(await store.models.activate('m2')).toBe(true);
        expect(await store.models.activate('m3')).toBe(false);
        expect(await store.models.active()).toMatchObject({
          modelId: 'm2',
          isActive: true,
          ...facts,
          ...rest,
        });
        expect((await store.models.get('m1'))?.isActive).toBe(false);
        expect(await store.models.list()).toHaveLength(2);
        expect(await store.models.remove('m1')).toBe(true);
        expect(await store.models.get('m1')).toBeNull();
      });
    });

    describe('settings', () => {
      it('hold any JSON', async () => {
        expect(await store.settings.get('active')).toBeNull();
        for (const value of [{ modelId: null, catalogueVersion: 'ä' }, [1, 'two'], false, 0, 'text']) {
          await store.settings.set('active', value);
          expect(await store.settings.get('active')).toEqual(value);
        }
        expect(await store.settings.remove('active')).toBe(true);
        expect(await store.settings.get('active')).toBeNull();
      });

      it('lose no change of many made at once', async () => {
        await store.settings.set('counter', 0);
        const addOne = () => store.settings.update<number>('counter', (value) => (value ?? 0) + 1);
        await Promise.all(Array.from({ length: 20 }, addOne));
        expect(await store.settings.get('counter')).toBe(20);
      });
    });

    describe('calls of language models', () => {
      it('are summed by person and by UTC day; answers from the cache cost nothing', async () => {
        const of = (at: string, more: object) => store.llmCalls.record({ ...call, at, userId, ...more });
        await of('2026-03-01T00:00:00.000Z', { costUsd: 0.5 });
        await of('2026-03-01T23:59:59.999Z', { costUsd: 0.25 });
        await of('2026-03-01T12:00:00.000Z', { isCached: true });
        await of('2026-03-02T00:00:00.000Z', { costUsd: 1 });
        await of('2026-03-01T12:00:00.000Z', { userId: null, costUsd: 2 });
        expect(await store.llmCalls.sums({ day: '2026-03-01', userId })).toEqual({ calls: 2, costUsd: 0.75 });
        expect(await store.llmCalls.sums({ day: '2026-03-01' })).toEqual({ calls: 3, costUsd: 2.75 });
        expect(await store.llmCalls.sums({ day: '2026-02-28' })).toEqual({ calls: 0, costUsd: 0 });
        const days = await store.llmCalls.sumsByDay(1000);
        expect(days.find(({ day }) => day === '2026-03-01')).toEqual({
          day: '2026-03-01',
          calls: 3,
          costUsd: 2.75,
        });
      });

      it('keep their scores by key', async () => {
        const score = { chatModel: 'm', promptVersion: '1', score: 3.5, reason: 'It fits.' };
        await store.llmScores.putMany([
          { key: 'k1', ...score },
          { key: 'k2', ...score, score: 1 / 3 },
        ]);
        await store.llmScores.putMany([{ key: 'k1', ...score, reason: 'Better said.' }]);
        expect(await store.llmScores.getMany(['k1', 'k2', 'k3'])).toEqual(
          new Map([
            ['k1', { score: 3.5, reason: 'Better said.' }],
            ['k2', { score: 1 / 3, reason: 'It fits.' }],
          ]),
        );
        expect(await store.llmScores.removeOlderThan(1)).toBe(0);
        expect(await store.llmScores.removeOlderThan(-1)).toBe(2);
      });
    });

    describe('writing', () => {
      it('is all or nothing', async () => {
        const failing = store.write(async () => {
          await store.ratings.put(userId, 1, 5);
          await store.write(async () => store.hidden.add(userId, 2));
          throw new Error('halfway');
        });
        await expect(failing).rejects.toThrow('halfway');
        expect(await store.ratings.list(userId)).toEqual([]);
        expect(await store.hidden.list(userId)).toEqual([]);
      });

      it('sees its own changes, which others do not see yet', async () => {
        let seenOutside: unknown;
        let letGo = () => {};
        const outside = new Promise<void>((resolve) => (letGo = resolve)).then(async () => {
          seenOutside = await store.ratings.list(userId);
        });
        await store.write(async () => {
          await store.ratings.put(userId, 1, 5);
          expect(await store.ratings.list(userId)).toHaveLength(1);
          letGo();
          await outside;
        });
        expect(seenOutside).toEqual([]);
        expect(await store.ratings.list(userId)).toHaveLength(1);
      });

      it('goes on after a write that failed', async () => {
        await expect(store.write(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
        expect((await store.ratings.put(userId, 1, 3)).rating).toBe(3);
      });

      it('loses none of many read-modify-writes', async () => {
        await store.ratings.put(userId, 1, 0.5);
        const raise = () =>
          store.write(async () => {
            const { rating } = (await store.ratings.get(userId, 1))!;
            await store.ratings.put(userId, 1, rating + 0.5);
          });
        await Promise.all(Array.from({ length: 9 }, raise));
        expect((await store.ratings.get(userId, 1))?.rating).toBe(5);
      });
    });
  });
}

const call = {
  chatModel: 'gpt',
  purpose: 'score',
  promptTokens: 100,
  completionTokens: 20,
  ms: 300,
  outcome: 'ok',
};

function makeRun(runId: string, facts: Partial<Run> = {}): Run {
  return {
    runId,
    page: 'recommendations',
    state: 'done',
    createdAt: new Date().toISOString(),
    userId: null,
    visitorId: null,
    isShared: false,
    request: {
      prompt: 'something slow',
      ratings: [],
      tags: [],
      usePastRatings: true,
      k: 12,
      filters: {},
      popularity: 0.1,
      diversity: 0,
      blend: 'linear',
      tagMatch: 'smoothed',
    },
    understood: { opinions: [], preferences: 'slow', wishes: ['slow'], filters: {}, unmatched: [] },
    scoring: { fit: 'text', taste: 'cf', blend: 'linear', importance: 50 },
    candidates: [],
    usage: { calls: 0, cachedCalls: 0, promptTokens: 0, completionTokens: 0, ms: 4 },
    ...facts,
  };
}
