import { afterEach, describe, expect, it } from 'vitest';
import type { ChatModelConfig } from '../../src/config.ts';
import { checkChatModel, createChatModels } from '../../src/llm/registry.ts';
import { closeAll, scripted } from './support.ts';

afterEach(closeAll);

const config = (id: string, more: Partial<ChatModelConfig> = {}): ChatModelConfig => ({
  id, label: id, provider: 'openai', model: id, json: 'schema', ...more,
}); // prettier-ignore

describe('createChatModels', () => {
  const models = createChatModels(
    [config('no-key'), config('keyed', { apiKey: 'k' }), config('named', { apiKeyEnv: 'GONE', baseUrl: 'http://127.0.0.1:9/v1' }), config('own', { baseUrl: 'http://127.0.0.1:9/v1' }), config('best', { apiKey: 'k', recommended: true })],
    { understand: 'own', judge: 'no-key' },
  ); // prettier-ignore

  it('lists what can be used, the recommended one first and alone so marked, without keys and addresses', () => {
    expect(models.list().map(({ id }) => id)).toEqual(['best', 'keyed', 'own']);
    expect(models.list().map(({ isRecommended }) => isRecommended)).toEqual([true, false, false]);
    expect(JSON.stringify(models.list())).not.toMatch(/127\.0\.0\.1|"k"/);
    expect(models.all().map(({ missing }) => missing)).toEqual([
      'no key: set apiKey or apiKeyEnv', null, 'no key: the environment variable GONE is not set', null, null,
    ]); // prettier-ignore
  });

  it('gives a role its model, else the chosen one, else the first', () => {
    expect(models.forRole('understand', 'keyed')?.facts.id).toBe('own');
    expect(models.forRole('score', 'keyed')?.facts.id).toBe('keyed');
    expect(models.forRole('score')?.facts.id).toBe('best');
    expect(models.forRole('judge')?.facts.id).toBe('best');
    expect(models.get('no-key')).toBeNull();
    expect(models.get('keyed')).toBe(models.get('keyed'));
  });
});

describe('checkChatModel', () => {
  it('finds a working model usable and says how fast it is', async () => {
    const check = await checkChatModel((await scripted()).model);
    expect(check).toMatchObject({ isUsable: true, isReachable: true, isJsonRight: true });
    expect(check.ms).toBeGreaterThanOrEqual(check.firstMs!);
    expect(check.problem).toBeUndefined();
  });

  it('says in one line what is wrong', async () => {
    const cases = [
      ['garbage', /answers, but not in the JSON/], ['server_error', /the server answered 500.*check baseUrl/], ['rate_limited_bare', /429.*credit/],
      ['hang', /nothing came/], ['html', /web page/],
    ] as const; // prettier-ignore
    for (const [fault, problem] of cases) {
      const check = await checkChatModel((await scripted({ fault })).model);
      expect(check.isUsable).toBe(false);
      expect(check.problem).toMatch(problem);
      expect(check.problem).not.toContain('\n');
    }
    const { model, provider } = await scripted();
    await provider.close();
    expect((await checkChatModel(model)).problem).toMatch(
      /no connection to the server \(ECONNREFUSED\).*check baseUrl/,
    );
  });
});
