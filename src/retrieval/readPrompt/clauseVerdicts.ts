import { phraseAt } from './phraseTable.ts';
import { AGAIN, TURNING, VERDICTS } from './verdictPhrases.ts';
import { breaksSentence, type PromptText } from './words.ts';

/**
 * What a clause says of its titles when no rule of grammar tells: the words of praise and blame nearest to them, "Shanghai Noon
 * was a chore", "the shrugs: Speed, Matilda", "four stars for all of these". Words after a list speak of it; words before it
 * when nothing follows.
 */
interface Place {
  from: number;
  to: number;
}

interface Verdict {
  /** Words of the prompt it was said with. */
  from: number;
  to: number;
  rating: number;
}

/** Words between a "not" and the praise it turns round. */
const REACH = 3;

/**
 * @param names titles in the order of the text
 * @param isContinued whether each goes on the list of the one before
 * @returns for each title a rating from 0.5 to 5, null when its sentence says nothing
 */
export function clauseVerdicts(
  prompt: PromptText,
  names: readonly Place[],
  isContinued: readonly boolean[],
): (number | null)[] {
  const ratings: (number | null)[] = [];
  for (let first = 0; first < names.length;) {
    let end = first + 1;
    while (end < names.length && isContinued[end]) end++;
    const rating = ratingOfList(prompt, names, first, end, ratings[first - 1] ?? null);
    for (let at = first; at < end; at++) ratings.push(rating);
    first = end;
  }
  return ratings;
}

function ratingOfList(
  prompt: PromptText,
  names: readonly Place[],
  first: number,
  end: number,
  previous: number | null,
): number | null {
  const start = Math.max(names[first - 1]?.to ?? 0, sentenceStart(prompt, names[first]!.from));
  const before = { from: start, to: names[first]!.from };
  const after = {
    from: names[end - 1]!.to,
    to: Math.min(names[end]?.from ?? Infinity, sentenceEnd(prompt, names[end - 1]!.to)),
  };
  const isLast = names[end] === undefined || names[end].from >= sentenceEnd(prompt, names[end - 1]!.to);
  const told = verdictAfter(prompt, after, isLast);
  if (told) return told.rating;
  const lead = prompt.plain.slice(before.from, before.to).join(' ');
  if (previous !== null && AGAIN.test(lead)) return previous;
  return verdictBefore(prompt, before, first === 0 || start > names[first - 1]!.to)?.rating ?? null;
}

/** Whether praise or blame stands in the rest of a clause. */
export function isPraisedOrBlamed(prompt: PromptText, from: number): boolean {
  return (
    verdictsIn(prompt, { from, to: pauseIn(prompt, { from, to: sentenceEnd(prompt, from) }) }).length > 0
  );
}

/** "it was ok: the king's speech": right after a colon that closes a clause of praise or blame. */
export function isHeaded(prompt: PromptText, { from }: { from: number }): boolean {
  if (!/:\s*$/.test(prompt.words[from]!.before)) return false;
  return verdictsIn(prompt, { from: sentenceStart(prompt, from - 1), to: from }).length > 0;
}

/** Up to the next title only what comes before a pause; at a sentence's end all of it, "but" having the last word. */
function verdictAfter(prompt: PromptText, place: Place, isLast: boolean): Verdict | null {
  const pause = isLast ? place.to : pauseIn(prompt, place);
  const verdicts = verdictsIn(prompt, { from: place.from, to: pause });
  const but = prompt.plain.lastIndexOf('but', pause - 1);
  const afterBut = but >= place.from ? verdicts.find(({ from }) => from > but) : undefined;
  return afterBut ?? verdicts[0] ?? null;
}

/** The nearest one; after another title only what stands behind the pause. */
function verdictBefore(prompt: PromptText, place: Place, isFirst: boolean): Verdict | null {
  const from = isFirst ? place.from : pauseIn(prompt, place);
  return verdictsIn(prompt, { from, to: place.to }).at(-1) ?? null;
}

/** The first word after a comma, or the first "and", "but" or "while"; the place's end when there is none. */
function pauseIn({ words }: PromptText, { from, to }: Place): number {
  for (let at = from; at < to; at++) {
    if (at > from && /[,;:()–—]/.test(words[at]!.before)) return at;
    if (/^(?:and|but|while|yet|though|whereas)$/.test(words[at]!.word)) return at;
  }
  return to;
}

function verdictsIn(prompt: PromptText, { from, to }: Place): Verdict[] {
  const found: Verdict[] = [];
  for (let at = from; at < to; at++) {
    const number = scoreAt(prompt, at);
    if (number !== null) {
      // A number says it exactly.
      return [{ from: at, to: at + 1, rating: number }];
    }
    const phrase = phraseAt(VERDICTS, prompt.words, at);
    if (!phrase || at + phrase.words.length > to) continue;
    const isTurned = prompt.plain.slice(Math.max(from, at - REACH), at).some((word) => TURNING.has(word));
    found.push({ from: at, to: at + phrase.words.length, rating: isTurned ? turned(phrase.value) : phrase.value }); // prettier-ignore
    at += phrase.words.length - 1;
  }
  return found;
}

/** "not great" is poor, "not bad" middling. */
const turned = (rating: number): number => (rating >= 4 ? 2 : rating === 3 ? 2.5 : 3);

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** "8 out of 10", "five stars", "all 3s", "a 6"; a number above five is out of ten. */
function scoreAt({ words, text }: PromptText, at: number): number | null {
  const { word, start } = words[at]!;
  const written = /^(\d{1,2})(s?)$/.exec(word);
  const value = written ? Number(written[1]) : NUMBERS.indexOf(word);
  if (value < 0 || value > 10 || (!written && NUMBERS.indexOf(word) < 0)) return null;
  const rest = text.slice(start, start + 40);
  const outOf = /^\w+(?:\s?\/\s?|\s+out of\s+)(5|10|five|ten)\b/iu.exec(rest);
  if (outOf) return toStars(value * (/^(?:10|ten)$/i.test(outOf[1]!) ? 0.5 : 1));
  if (/^\w+[\s-]stars?\b/iu.test(rest) && value <= 5) return toStars(value);
  const isSaid = written?.[2] === 's' || /^(?:a|an|around|about|solid)$/.test(words[at - 1]?.word ?? '');
  const isFree = /^\w+\s*(?:[.,;:)]|$|\bfrom me|\bfor me|\bat best)/iu.test(rest);
  return written && isSaid && isFree ? toStars(value > 5 ? value / 2 : value) : null;
}

const toStars = (value: number): number | null =>
  value > 5 ? null : Math.max(0.5, Math.round(value * 2) / 2);

function sentenceStart({ words }: PromptText, at: number): number {
  let start = Math.max(0, at);
  while (start > 0 && !isBreak(words[start]!)) start--;
  return start;
}

function sentenceEnd({ words }: PromptText, at: number): number {
  let end = at;
  while (end < words.length && !isBreak(words[end]!)) end++;
  return end;
}

/** A semicolon only pauses. */
const isBreak = (word: PromptText['words'][number]): boolean =>
  breaksSentence(word) && !/^\s*;\s*$/.test(word.before);
