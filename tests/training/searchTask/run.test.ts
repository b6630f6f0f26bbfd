import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { evaluateSearchTask } from '../../../training/searchTask/run.ts';
import { evaluateUnderstanding } from '../../../training/searchTask/understanding.ts';
import { writeRatings } from '../../../training/ratingsFile.ts';
import { readOptions } from '../../../training/searchTask/options.ts';
import { startScriptedProvider, type ScriptedProvider } from '../../support/scriptedProvider.ts';
import { fillDataDirectory } from '../../support/site.ts';
import { smallCatalogue } from '../../support/smallCatalogue.ts';

const { titles, ratings } = smallCatalogue();
const idOf = (name: string) => titles.find(({ title }) => title === name)!.movieId;
const report = () => {};
let dataDir: string;
let provider: ScriptedProvider;
/** What the scripted model writes when it is to make a task. */
let writing = (prompt: string) => prompt;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'marquee-search-task-'));
  await fillDataDirectory(dataDir);
  await writeRatings(join(dataDir, 'ratings.bin'), ratings);
  provider = await startScriptedProvider({
    script: ({ messages }) => {
      const told = /BEGIN RATINGS[^\n]*\n([\s\S]*?)\n=== END/.exec(messages.at(-1)!.content)?.[1];
      if (told === undefined) return undefined;
      const names = told.split('\n').map((line) => line.replace(/ \(\d{4}\): [\d.]+$/, ''));
      return writing(`I saw ${names.join(', ')}. Now I want a slow story.`);
    },
  });
  const model = { id: 'scripted', label: 'Scripted', provider: 'openai', model: 'scripted', baseUrl: provider.url, json: 'schema', local: true, price: { input: 1, output: 2 } }; // prettier-ignore
  await writeFile(join(dataDir, 'config.json'), JSON.stringify({ chatModels: [model] }));
  vi.stubEnv('MARQUEE_CONFIG', join(dataDir, 'config.json'));
});
afterEach(() => {
  writing = (prompt) => prompt;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await provider.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function fileOf(...lines: object[]): Promise<string> {
  const path = join(await mkdtemp(join(dataDir, 'tasks-')), 'tasks.jsonl');
  await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return path;
}
const run = (tasks: string, more: object = {}) =>
  evaluateSearchTask({ dataDir, tasks, importances: [], ...more }, report);

test('a title asked for by its plot words is found by text fit, and overall comes first with the metrics of the site’s own way', async () => {
  const alien = titles.find(({ title }) => title === 'Alien')!;
  const tasks = await fileOf({
    id: 1,
    prompt: `I loved Heat. I want this: ${alien.plot}`,
    target: alien.movieId,
  });
  const { overall, classes, text } = await run(tasks);
  expect(Object.keys(await run(tasks))).toEqual(['text', 'overall', 'classes']);
  expect(overall['hit@1']).toBe(1);
  expect(overall['mrr']).toBe(1);
  expect(overall.methods['text@0']!['hit@1']).toBe(1);
  expect(overall.methods['text']!['meanImportance']).toBe(5);
  expect(Object.keys(classes)).toEqual(['unclassified']);
  expect(text).toContain('recommender only');
});

test('tasks made from templates stand in their class and not in overall', async () => {
  const tasks = await fileOf(
    { id: 'a', prompt: 'slow space horror', target: idOf('Alien'), class: 'template' },
    { id: 'b', prompt: 'I loved Alien. Slow space horror', target: 999_999_999, class: 'mood' },
  );
  const { overall, classes } = await run(tasks);
  expect(overall.tasks).toBe(1);
  expect(overall['hit@50']).toBe(0);
  expect(overall.methods['text']!['lost']).toEqual({ unknown_title: 1 });
  expect(classes['template']!.tasks).toBe(1);
});

test('a target that the prompt or the ratings tell as rated is looked for all the same', async () => {
  const alien = titles.find(({ title }) => title === 'Alien')!;
  const tasks = await fileOf({
    id: 1,
    prompt: `I loved Alien. I want this: ${alien.plot}`,
    ratings: [{ movieId: alien.movieId, rating: 5 }],
    target: alien.movieId,
  });
  const { overall } = await run(tasks);
  expect(overall['hit@10']).toBe(1);
  expect(overall['targetsReadAsRated']).toBe(1);
});

test('a chat model reads and scores, with its tokens and cost, and its figures stand on top', async () => {
  const tasks = await fileOf({ id: 1, prompt: 'I loved Heat. Slow space horror', target: idOf('Alien') });
  const { overall } = await run(tasks, { chatModel: 'scripted' });
  const usage = overall.methods['model:scripted']!['usage'] as Record<string, number>;
  expect(overall['method']).toContain('scripted');
  expect(usage['calls']).toBeGreaterThan(1);
  expect(usage['costUsd']).toBeCloseTo((usage['promptTokens']! + 2 * usage['completionTokens']!) / 1e6, 10);
  await expect(run(tasks, { chatModel: 'nobody' })).rejects.toThrow('--chat-model');
});

test('a stopped run goes on: kept answers are not asked again, half a line is passed over, a changed task is', async () => {
  const [first, second] = ['Slow space horror', 'Tense heist'].map((prompt, id) => ({
    id,
    prompt,
    target: idOf('Alien'),
  }));
  const out = join(dataDir, 'answers.jsonl');
  const whole = await run(await fileOf(first!, second!), { out });
  const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(2 * 3);
  await writeFile(out, `${lines.slice(0, 3).join('\n')}\n`);
  await appendFile(out, lines[3]!.slice(0, 40));
  const resumed = await run(await fileOf(first!, second!), { out });
  expect(resumed.overall['mrr']).toBe(whole.overall['mrr']);
  const after = (await readFile(out, 'utf8')).trimEnd().split('\n');
  expect(after.slice(0, 3)).toEqual(lines.slice(0, 3));
  expect(after.slice(4).map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(['1', '1', '1']);
  await run(await fileOf(first!, { ...second!, prompt: 'Another heist' }), { out });
  expect((await readFile(out, 'utf8')).trimEnd().split('\n')).toHaveLength(after.length + 3);
});

test('the chat model writes tasks that do not name their target; a second call makes only the missing ones', async () => {
  const tasks = await fileOf();
  const before = provider.requests.length;
  const { classes } = await run(tasks, { chatModel: 'scripted', generate: 2 });
  expect(classes['generated']!.tasks).toBe(2);
  const written = (await readFile(tasks, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { target: number; prompt: string; opinions: object[] });
  for (const { target, prompt, opinions } of written) {
    expect(opinions).toHaveLength(8);
    expect(prompt).not.toContain(` ${titles.find(({ movieId }) => movieId === target)!.title},`);
  }
  expect(provider.requests.length).toBeGreaterThan(before);
  await run(tasks, { chatModel: 'scripted', generate: 2 });
  expect((await readFile(tasks, 'utf8')).trimEnd().split('\n')).toHaveLength(2);
});

test('a model that names no titles makes no task', async () => {
  writing = () => 'I like films.';
  await expect(run(await fileOf(), { chatModel: 'scripted', generate: 1 })).rejects.toThrow('holds no task');
});

test('wrong input is refused with file, line and field', async () => {
  const tasks = await fileOf({ id: 1, prompt: 'x', target: 1 }, { id: 2, prompt: '', target: 1 });
  await expect(run(tasks)).rejects.toThrow(/tasks\.jsonl, line 2: prompt/);
  await expect(
    run(await fileOf({ id: 1, prompt: 'x', target: 1 }, { id: 1, prompt: 'y', target: 1 })),
  ).rejects.toThrow('twice');
  await expect(run(join(dataDir, 'absent.jsonl'))).rejects.toThrow('cannot be read');
  expect(() => readOptions(['--tasks', 'x', '--generate', '5'])).toThrow('--chat-model');
  expect(() => readOptions(['--tasks', 'x', '--generate', 'five', '--chat-model', 'y'])).toThrow(
    'whole number',
  );
});

test('understanding counts titles found, missed and invented, and how far the ratings are off', async () => {
  const tasks = await fileOf(
    { id: 'right', prompt: 'I loved Heat and hated Casino.', opinions: [{ title: 'Heat', rating: 4 }, { title: 'Casino', rating: 1 }] }, // prettier-ignore
    { id: 'wrong', prompt: 'I loved Alien.', opinions: [{ title: 'Collateral', year: 2004, rating: 3 }] },
    {
      id: 'elsewhere',
      prompt: 'a slow film',
      opinions: [{ title: 'A Film Nobody Ever Made Anywhere', rating: 3 }],
    },
  );
  const { overall, mistakes } = await evaluateUnderstanding({ dataDir, tasks, importances: [] }, report);
  expect(overall).toMatchObject({
    tasks: 3,
    told: 3,
    found: 2,
    missed: 1,
    invented: 1,
    notInCatalogue: 1,
    turnedRound: 0,
  });
  expect(overall.recall).toBeCloseTo(2 / 3, 12);
  expect(overall.precision).toBeCloseTo(2 / 3, 12);
  expect(overall.meanRatingError).toBeCloseTo(0.5, 12);
  expect(mistakes).toEqual([
    { id: 'wrong', missed: ['Collateral (2004)'], invented: ['Alien (1979)'], otherVersion: [] },
  ]);
});
