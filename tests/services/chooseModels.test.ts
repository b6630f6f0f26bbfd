import { describe, expect, it } from 'vitest';
import type { ChatModelConfig } from '../../src/config.ts';
import { createChatModels } from '../../src/llm/registry.ts';
import { chooseModels, modelsOnOffer } from '../../src/services/chooseModels.ts';

const config = (id: string, more: Partial<ChatModelConfig> = {}): ChatModelConfig => ({
  id, label: id, provider: 'openai', model: id, json: 'schema', apiKey: 'k', ...more,
}); // prettier-ignore

const far = config('far', { recommended: true });
const near = config('near', { local: true });
const registry = (roles = {}, models = [far, near]) => createChatModels(models, roles);
const ids = ({ understand, score, refusal }: ReturnType<typeof chooseModels>) => [
  understand?.facts.id ?? null,
  score?.facts.id ?? null,
  refusal?.code ?? null,
];

describe('which models a prompt goes to', () => {
  it('is the one asked for, else the first usable one', () => {
    expect(ids(chooseModels(registry(), undefined, 'any'))).toEqual(['far', 'far', null]);
    expect(ids(chooseModels(registry(), 'near', 'any'))).toEqual(['near', 'near', null]);
  });

  it('is shared by role where the settings say so', () => {
    expect(ids(chooseModels(registry({ understand: 'near' }), 'far', 'any'))).toEqual(['near', 'far', null]);
  });

  it('is a local one for who allows only those, whatever the roles say', () => {
    const roles = { understand: 'far', score: 'far' };
    expect(ids(chooseModels(registry(roles), undefined, 'local'))).toEqual(['near', 'near', null]);
    expect(modelsOnOffer(registry(), 'local').map(({ id }) => id)).toEqual(['near']);
  });

  it('is none, and the list says whose choice that was', () => {
    expect(ids(chooseModels(registry(), 'none', 'any'))).toEqual([null, null, 'chosen_off']);
    expect(ids(chooseModels(registry(), undefined, 'none'))).toEqual([null, null, 'chosen_off']);
    const remote = chooseModels(registry(), 'far', 'local');
    expect(ids(remote)).toEqual([null, null, 'chosen_off']);
    expect(remote.refusal?.reason).toContain('only language models that run on this site');
    expect(ids(chooseModels(registry({}, [far]), undefined, 'local'))).toEqual([null, null, 'chosen_off']);
    expect(ids(chooseModels(registry({}, []), undefined, 'local'))).toEqual([null, null, 'no_chat_model']);
  });
});
