import type { ChatModelConfig } from '../../src/config.ts';
import type { ChatModel } from '../../src/llm/chatModel.ts';
import { type ChatModelOptions, createChatModel } from '../../src/llm/createChatModel.ts';
import type { TitleToScore } from '../../src/llm/scoreTitles.ts';
import {
  type ScriptedOptions,
  type ScriptedProvider,
  startScriptedProvider,
} from '../support/scriptedProvider.ts';

export interface Scripted {
  model: ChatModel;
  provider: ScriptedProvider;
}

const open: ScriptedProvider[] = [];

/** A chat model in front of a scripted server; `closeAll` in `afterEach` ends the servers. */
export async function scripted(
  options: ScriptedOptions = {},
  config: Partial<ChatModelConfig> = {},
  modelOptions: ChatModelOptions = {},
): Promise<Scripted> {
  const provider = await startScriptedProvider(options);
  open.push(provider);
  const model = createChatModel(
    { id: 'm', label: 'M', provider: 'openai', model: 'one', json: 'schema', apiKey: 'sk-test-key', baseUrl: provider.url, timeoutMs: 5_000, ...config },
    { idleMs: 300, random: () => 0, ...modelOptions },
  ); // prettier-ignore
  return { model, provider };
}

export const closeAll = (): Promise<unknown> =>
  Promise.all(open.splice(0).map((provider) => provider.close()));

const MOODS = [
  'heist',
  'desert',
  'violin',
  'submarine',
  'winter',
  'orchard',
  'circus',
  'glacier',
  'printing',
  'lighthouse',
];

/** Fifty made-up titles; every tenth has the same mood word in its plot. */
export const titles = (count = 50): TitleToScore[] =>
  Array.from({ length: count }, (_, at) => {
    const mood = MOODS[at % MOODS.length]!;
    return {
      movieId: 100 + at,
      title: `Invented Title ${at}`,
      year: 1970 + (at % 50),
      genres: ['Drama'],
      directors: ['Ada Example'],
      tags: [`${mood} story`, 'slow'],
      plot: `A ${mood} brings two strangers together in a town by the sea. They argue, they travel on, and the ${mood} changes what both believe about their families before the year ends.`,
    };
  });
