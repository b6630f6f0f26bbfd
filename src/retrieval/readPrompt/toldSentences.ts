import { ASKS, ASKS_BESIDE_TITLES, LEADS_TO_TITLES, NARRATES, POLITE, SAYS_WHY, WISHING_CLAUSE } from './askingWords.ts'; // prettier-ignore

/**
 * What of a prompt only tells: what somebody thought of titles ("Heat was painful to sit through"), who they are ("Dad here"),
 * how they say good-bye. Among the preferences such words mislead the text match. People tell and wish in runs of sentences: a
 * run with a sentence that asks is the wish, other runs beside titles are told. Nothing is dropped when hardly a word would be left.
 */
interface Span {
  start: number;
  end: number;
}

interface Sentence extends Span {
  words: string;
  hasTitle: boolean;
  asks: boolean;
  /** Stands first in its paragraph. */
  isFirst: boolean;
}

/** Fewer words of more than three letters than this are hardly a wish. */
const FEWEST_WORDS = 4;

/**
 * @param blanked the prompt with titles and filters replaced by spaces, character for character
 * @param titles where titles stood
 * @returns what only tells; empty when next to nothing would be left
 */
export function toldSentences(blanked: string, titles: readonly Span[]): Span[] {
  const sentences = sentencesOf(blanked, titles);
  const polite = sentences.filter(({ words }) => POLITE.test(words));
  const isAsked = sentences.some(({ asks }) => asks);
  const told = sentences.filter(({ hasTitle, asks, words }) => hasTitle && !asks && (isAsked || !SAYS_WHY.test(words))); // prettier-ignore
  if (told.length + leads(sentences).length === 0) return enough(blanked, polite, 1) ? polite : [];
  const sure = [...told, ...polite, ...leads(sentences)];
  const all = [...sure, ...asides(sentences, told)];
  if (isAsked && enough(blanked, all, FEWEST_WORDS)) return all;
  return enough(blanked, sure, 1) ? sure : [];
}

/** Untitled sentences that belong to what is told: runs in which nothing is asked, and what leads up to titles or to asking. */
function asides(sentences: readonly Sentence[], told: readonly Sentence[]): Span[] {
  return runsOf(sentences, told).flatMap((run) => {
    const first = run.findIndex(({ asks }) => asks);
    if (first < 0) return run;
    const lead = run.findIndex(({ asks, words }, at) => at > first && !asks && LEADS_TO_TITLES.test(words));
    const isFollowed = lead >= 0 && told.some(({ start }) => start >= run.at(-1)!.end);
    return [
      ...run.slice(0, first).filter(({ words }) => NARRATES.test(words)),
      ...(isFollowed ? run.slice(lead).filter(({ asks }) => !asks) : []),
    ];
  });
}

/** Neighbouring sentences that are not told, paragraph by paragraph. */
function runsOf(sentences: readonly Sentence[], told: readonly Sentence[]): Sentence[][] {
  const runs: Sentence[][] = [];
  let isOpen = false;
  for (const sentence of sentences) {
    if (told.includes(sentence)) isOpen = false;
    else if (isOpen && !sentence.isFirst) runs.at(-1)!.push(sentence);
    else {
      runs.push([sentence]);
      isOpen = true;
    }
  }
  return runs;
}

/** "Heat was fine, but now I want …": the clauses before the one that asks, when they hold the titles. */
function leads(sentences: readonly Sentence[]): Span[] {
  return sentences.flatMap(({ start, words, hasTitle, asks }) => {
    const clause = hasTitle && asks ? WISHING_CLAUSE.exec(words) : null;
    return clause && clause.index > 0 ? [{ start, end: start + clause.index }] : [];
  });
}

/** Whether so many words of more than three letters stand outside the spans. */
function enough(text: string, spans: readonly Span[], fewest: number): boolean {
  let rest = text;
  for (const { start, end } of spans) rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  return (rest.match(/\p{L}{4,}/gu)?.length ?? 0) >= fewest;
}

function sentencesOf(text: string, titles: readonly Span[]): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  let isFirst = true;
  for (const match of text.matchAll(/[.!?…]+["'”’)]*(?=\s|$)\n*|\n+|$/g)) {
    const end = match.index + match[0].length;
    if (end <= start) continue;
    const words = text.slice(start, end);
    const hasTitle = titles.some((title) => title.start < end && title.end > start);
    sentences.push({ start, end, words, hasTitle, isFirst, asks: (hasTitle ? ASKS_BESIDE_TITLES : ASKS).test(words) }); // prettier-ignore
    isFirst = /\n\s*\n/.test(match[0] + text.slice(end, end + 2));
    start = end;
  }
  return sentences;
}
