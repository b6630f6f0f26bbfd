import { cutAt, sentencesOf, storyOnly } from './cleanText.ts';
import { estimateTokens } from './tokens.ts';

/** Words that match everything say nothing. */
const COMMON = new Set(
  'a an and are as at be but by for from has have he her his i in into is it its like me movie film show something of on or our she so some that the their them they this to was we what when which who will with you your want love really very not no more less about'.split(
    ' ',
  ),
);

/** The stems (first six letters) of the words that carry a wish. */
function wishStems(text: string): Set<string> {
  const words =
    text
      .toLowerCase()
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return new Set(words.filter((word) => !COMMON.has(word)).map(stem));
}

const stem = (word: string): string => word.replace(/(?:ing|ed|es|s|ly)$/, '').slice(0, 6);

/**
 * The passages of a plot that say most about the preferences, in their order, within a budget of tokens. The first sentence
 * (who and where) counts as one match; the rest by distinct matched words, earlier ones first on a tie.
 */
export function plotPassages(plot: string, preferences: string, budgetTokens: number): string {
  const story = storyOnly(plot.slice(0, 20_000));
  if (estimateTokens(story) <= budgetTokens) return story;
  const wanted = wishStems(preferences);
  const sentences = sentencesOf(story).map((text, at) => ({ text, at, tokens: estimateTokens(text) }));
  const valued = sentences.map((sentence) => ({
    ...sentence,
    value:
      [...wishStems(sentence.text)].filter((word) => wanted.has(word)).length + (sentence.at === 0 ? 1 : 0),
  }));
  valued.sort((a, b) => b.value - a.value || a.at - b.at);
  const taken: { text: string; at: number }[] = [];
  let left = budgetTokens;
  for (const sentence of valued) {
    if (sentence.tokens > left) continue;
    taken.push(sentence);
    left -= sentence.tokens;
  }
  if (taken.length === 0) return cutToTokens(valued[0]?.text ?? story, budgetTokens);
  taken.sort((a, b) => a.at - b.at);
  return taken.map(({ text }) => text).join(' ');
}

/** The start of a text within a budget of tokens, cut at a word. */
export function cutToTokens(text: string, budgetTokens: number): string {
  let most = Math.min(text.length, budgetTokens * 7);
  let cut = cutAt(text, most);
  while (estimateTokens(cut) > budgetTokens && most > 8) {
    most = Math.floor(most * 0.85);
    cut = cutAt(text, most);
  }
  return cut;
}
