import { beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../src/domain.ts';
import type { Store } from '../../src/store/database.ts';
import { call, makeRun, type UnderTest } from './storeSupport.ts';

/** Lists, jobs, models, settings, and what language models cost and said. */
export function workContract(begin: () => UnderTest): void {
  let store: Store;
  let userId: number;
  beforeEach(() => {
    ({ store, userId } = begin());
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
}
