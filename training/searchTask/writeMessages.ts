import type { ChatMessage } from '../../src/llm/chatModel.ts';
import { DATA_RULE, delimit, newNonce } from '../../src/llm/prompts/delimit.ts';
import type { Drawn } from './drawTasks.ts';

/** The most of a plot that is sent. */
const PLOT_CHARACTERS = 1500;

const RULES = [
  'You write what a person would type into the search box of a movie site. First the person says in four to six sentences of',
  'plain prose what they think of the titles under RATINGS (5 is best, 0.5 is worst): feelings, not numbers, every title by its name.',
  'Then, in two sentences, the person describes the mood and the kind of story they want now, so that the film under PLOT fits. Do not',
  'name that film, nor anyone in it, nor quote its plot. Answer with that text only.',
].join(' ');

/** Asks for eight ratings in prose and a wish that fits the target. */
export function writeMessages({ told, target }: Drawn): ChatMessage[] {
  const nonce = newNonce();
  const ratings = told.map(({ title, rating }) => `${title.title} (${title.year}): ${rating}`).join('\n');
  const plot = `${target.genres.join(', ')}. ${target.plot ?? ''}`.slice(0, PLOT_CHARACTERS);
  return [
    { role: 'system', content: `${RULES}\n${DATA_RULE}` },
    { role: 'user', content: `${delimit('RATINGS', nonce, ratings)}\n\n${delimit('PLOT', nonce, plot)}` },
  ];
}

/** Without the quotation marks, fences and leads some models put around what they write. */
export const cleanReply = (text: string): string =>
  text
    .replace(/^```\w*\n?|```$/gm, '')
    .replace(/^(?:sure|certainly|of course|here(?:'s| is))\b[^\n]*:\s*\n+/i, '')
    .trim()
    .replace(/^"([\s\S]*)"$/, '$1')
    .trim();
