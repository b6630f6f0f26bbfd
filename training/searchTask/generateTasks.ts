import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanReply, writeMessages } from './writeMessages.ts';
import type { OnProgress } from '../../datasets/support/progress.ts';
import type { Library } from '../../src/services/library.ts';
import type { ChatModel } from '../../src/llm/chatModel.ts';
import { seededRandom } from '../random.ts';
import { readRatings } from '../ratingsFile.ts';
import { Drawing, namesTitle, type Draw, type Drawn } from './drawTasks.ts';

/** Tasks a language model wrote. */
export const GENERATED_CLASS = 'generated';

/** Shorter plots say too little to look for. */
const SHORTEST_PLOT = 150;
/** How many draws one task may take before it is given up: no plot, an answer that names the target. */
const TRIES = 5;
/** Of the eight told titles, how many the text must name. */
const NAMED_AT_LEAST = 6;
const MAX_TOKENS = 500;

export interface Generating {
  path: string;
  count: number;
  model: ChatModel;
  library: Library;
  dataDir: string;
  report: OnProgress;
}

/**
 * Has the chat model write tasks and appends them to the file: eight ratings in prose, and a liked title with its plot described
 * without its name. Task n depends only on n, so a stopped run goes on where it was.
 * @returns how many stand in the file now that were to be made
 */
export async function generateTasks({
  path,
  count,
  model,
  library,
  dataDir,
  report,
}: Generating): Promise<number> {
  const drawing = new Drawing(readRatings(join(dataDir, 'ratings.bin')), library.catalogue);
  const targets = drawing
    .likedMovieIds()
    .filter((movieId) => (library.catalogue.get(movieId)?.plot?.length ?? 0) >= SHORTEST_PLOT);
  const existing = await idsIn(path);
  let lead = existing.endsInLine ? '' : '\n';
  const startedAt = performance.now();
  let made = 0;
  for (let number = 1; number <= count; number++) {
    const id = `${GENERATED_CLASS}-${number}`;
    const line = existing.ids.has(id) ? null : await writeTask(id, number, { drawing, targets, model });
    if (line) {
      await appendFile(path, `${lead}${JSON.stringify(line)}\n`);
      lead = '';
    }
    if (line || existing.ids.has(id)) made++;
    report({ step: 'write tasks', done: number, total: count });
  }
  const ms = Math.round(performance.now() - startedAt);
  report({ step: 'write tasks', done: count, total: count, ms, note: `${made} of ${count} usable` });
  return made;
}

interface Source {
  drawing: Drawing;
  targets: readonly number[];
  model: ChatModel;
}

async function writeTask(
  id: string,
  seed: number,
  { drawing, targets, model }: Source,
): Promise<object | null> {
  const random = seededRandom(seed);
  const draw: Draw = (among) => Math.floor(random() * among);
  for (let tries = 0; tries < TRIES && targets.length > 0; tries++) {
    const drawn = drawing.forTarget(targets[draw(targets.length)]!, draw);
    if (!drawn) continue;
    const answer = await model.complete({
      messages: writeMessages(drawn),
      maxTokens: MAX_TOKENS,
      temperature: 0.8,
      seed: seed + tries,
      signal: AbortSignal.timeout(model.facts.timeoutMs),
    });
    const prompt = cleanReply(answer.text);
    if (!isUsable(prompt, drawn)) continue;
    const opinions = drawn.told.map(({ title, rating }) => ({
      title: title.title,
      year: title.year,
      rating,
    }));
    return {
      id,
      class: GENERATED_CLASS,
      user: String(drawn.user),
      prompt,
      target: drawn.target.movieId,
      opinions,
    };
  }
  return null;
}

/** Names most of the ratings' titles and not the target. */
function isUsable(prompt: string, { told, target }: Drawn): boolean {
  if (prompt.length > 4000 || namesTitle(prompt, target)) return false;
  return told.filter(({ title }) => namesTitle(prompt, title)).length >= NAMED_AT_LEAST;
}

async function idsIn(path: string): Promise<{ ids: Set<string>; endsInLine: boolean }> {
  let text = '';
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const ids = [...text.matchAll(/"id":\s*"([^"]+)"/g)].map((match) => match[1]!);
  return { ids: new Set(ids), endsInLine: text === '' || text.endsWith('\n') };
}
