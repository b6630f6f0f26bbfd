import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { DATA_DIR, JSON_OUTPUT, type CommandContext, type CommonOptions } from './context.ts';
import { openRecommender, type Recommender } from './openRecommender.ts';

type Understood = Awaited<ReturnType<Recommender['answer']>>['understood'];

interface RecommendOptions extends CommonOptions {
  prompt?: string;
  batch?: string;
  out?: string;
  user?: string;
  k?: string;
  importance?: string;
  chatModel?: string;
}

/** `marquee recommend`: one list from a prompt, or a file of API requests, one a line. */
export function registerRecommend(program: Command, context: CommandContext): void {
  program
    .command('recommend')
    .description('A list from a prompt, or answers to a file of requests (JSON lines)')
    .option('--prompt <text>', 'what you are in the mood for')
    .option('--batch <file>', 'one API request a line plus `id`, plain or .gz')
    .option('--out <file>', 'where the answers to --batch go, one a line')
    .option('--user <name>', 'use this account’s ratings')
    .option('--k <n>', 'how many titles, 1–100')
    .option('--importance <n>', '0 (words only) to 100 (taste only)')
    .option('--chat-model <id>', 'which language model; "none" for text match')
    .option(...DATA_DIR)
    .option(...JSON_OUTPUT)
    .action(async (options: RecommendOptions) => {
      if ((options.prompt === undefined) === (options.batch === undefined))
        throw new UsageError('Give either --prompt TEXT or --batch IN.jsonl --out OUT.jsonl');
      if (options.prompt?.trim() === '')
        throw new UsageError('--prompt is empty: say what you liked or what you are in the mood for');
      if (options.batch !== undefined && options.out === undefined)
        throw new UsageError('--batch needs --out OUT.jsonl');
      const recommender = await openRecommender(context.loadConfig(options), options.user);
      try {
        if (options.batch !== undefined) await answerBatch(recommender, options, context);
        else await answerPrompt(recommender, options, context);
      } finally {
        await recommender.close();
      }
    });
}

async function answerPrompt(
  recommender: Recommender,
  options: RecommendOptions,
  context: CommandContext,
): Promise<void> {
  const answer = await recommender.answer({
    prompt: options.prompt,
    ...(options.k === undefined ? {} : { k: wholeNumber(options.k, '--k') }),
    ...(options.importance === undefined
      ? {}
      : { importance: wholeNumber(options.importance, '--importance') }),
    ...(options.chatModel === undefined ? {} : { chatModel: options.chatModel }),
  });
  if (options.json) {
    context.out.write(`${JSON.stringify(answer)}\n`);
    return;
  }
  const { scoring, items, understood } = answer;
  context.err.write(sayUnderstood(understood));
  context.err.write(`fit: ${scoring.fit}, taste: ${scoring.taste}, importance ${scoring.importance}\n`);
  if (scoring.degraded) context.err.write(`${scoring.degraded.reason}\n`);
  for (const { said } of understood.unmatched) context.err.write(`not found: ${said}\n`);
  for (const item of items)
    context.out.write(
      `${String(item.rank).padStart(3)}  ${item.score.toFixed(1).padStart(4)}  ${item.title} (${item.year})\n`,
    );
}

/** "understood: Heat ★5, Prometheus ★1; wishes: slow burn; excludeGenres: Horror". */
function sayUnderstood({ opinions, preferences, filters }: Understood): string {
  const parts = [
    opinions.map(({ title, rating }) => `${title} ★${rating}`).join(', '),
    preferences.trim() === '' ? '' : `wishes: ${preferences}`,
    ...Object.entries(filters).map(([name, value]) => `${name}: ${[value].flat().join(', ')}`),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `understood: ${parts.join('; ')}\n`;
}

function wholeNumber(text: string, flag: string): number {
  if (!/^-?\d+$/.test(text)) throw new UsageError(`${flag} takes a whole number, not "${text}"`);
  return Number(text);
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Answers in the order of the requests; OUT appears by rename once it is whole. Exit 2 when any line was refused. */
async function answerBatch(
  recommender: Recommender,
  options: RecommendOptions,
  context: CommandContext,
): Promise<void> {
  const aside = `${options.out!}.${process.pid}.part`;
  const counts = { answered: 0, refused: 0 };
  const file = await open(aside, 'w').catch((error: Error) => {
    throw new UsageError(`--out ${options.out!} cannot be written: ${error.message}`);
  });
  const interrupted = () => {
    void rm(aside, { force: true }).finally(() => process.exit(130));
  };
  for (const signal of SIGNALS) process.once(signal, interrupted);
  try {
    let line = 0;
    for await (const text of readLines(options.batch!)) {
      line += 1;
      if (text.trim() === '') continue;
      const { answer, isRefused } = await recommender.answerLine(text, line);
      counts[isRefused ? 'refused' : 'answered'] += 1;
      await file.appendFile(`${JSON.stringify(answer)}\n`);
      if (process.stderr.isTTY) context.err.write(`\r${line} requests`);
    }
    await file.sync();
    await file.close();
    await rename(aside, options.out!);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(aside, { force: true });
    throw error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupted);
  }
  const summary = { ...counts, out: options.out! };
  if (options.json) context.out.write(`${JSON.stringify(summary)}\n`);
  else context.err.write(`${counts.answered} answered, ${counts.refused} refused → ${options.out!}\n`);
  if (counts.refused > 0) context.finish(2);
}

async function* readLines(path: string): AsyncGenerator<string> {
  const raw = createReadStream(path);
  const opened = new Promise<void>((resolve, reject) =>
    raw.once('open', () => resolve()).once('error', reject),
  );
  await opened.catch((error: Error) => {
    throw new UsageError(`--batch ${path} cannot be read: ${error.message}`);
  });
  const input: Readable = path.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  yield* createInterface({ input, crlfDelay: Infinity });
}
