import { phraseAt } from './phraseTable.ts';
import { AGAIN, TURNING, VERDICTS } from './verdictPhrases.ts';
import { endsClause } from './sentiment.ts';
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
  /** Given as a number. */
  isNumber: boolean;
}

/** Words between a "not" and the praise it turns round. */
const REACH = 3;

/**
 * @param names titles in the order of the text
 * @param isContinued whether each goes on the list of the one before
 * @returns for each title a rating from 0.5 to 5 and the words that gave it, null when its sentence says nothing
 */
export function clauseVerdicts(
  prompt: PromptText,
  names: readonly Place[],
  isContinued: readonly boolean[],
): (Verdict | null)[] {
  const verdicts: (Verdict | null)[] = [];
  for (let first = 0; first < names.length;) {
    let end = first + 1;
    while (end < names.length && isContinued[end]) end++;
    const verdict = verdictOfList(prompt, names, first, end, verdicts[first - 1] ?? null);
    for (let at = first; at < end; at++) verdicts.push(verdict);
    first = end;
  }
  return verdicts;
}

function verdictOfList(
  prompt: PromptText,
  names: readonly Place[],
  first: number,
  end: number,
  previous: Verdict | null,
): Verdict | null {
  const previousEnd = names[first - 1]?.to ?? 0;
  const ownSentence = sentenceStart(prompt, names[first]!.from);
  const start = Math.max(previousEnd, ownSentence);
  const before = { from: start, to: names[first]!.from };
  const after = {
    from: afterAside(prompt, names[end - 1]!.to),
    to: Math.min(names[end]?.from ?? Infinity, sentenceEnd(prompt, names[end - 1]!.to)),
  };
  const isLast = names[end] === undefined || names[end].from >= sentenceEnd(prompt, names[end - 1]!.to);
  const told = verdictAfter(prompt, after, isLast);
  if (told) return { ...told, from: names[end - 1]!.to, to: clauseEnd(prompt, told.to, after.to) };
  const lead = prompt.plain.slice(before.from, before.to).join(' ');
  if (previous !== null && (AGAIN.test(lead) || isTheSame(prompt, after.from)))
    return { ...previous, from: after.from, to: after.from };
  const head = verdictBefore(prompt, before, first === 0 || ownSentence >= previousEnd);
  return (
    head && { ...head, from: TELLS.test(lead) && !ASKING.test(lead) ? before.from : before.to, to: before.to }
  );
}

/** "five stars *from me*", "fell flat *in the end*": a few words more that say nothing else. */
function clauseEnd(prompt: PromptText, from: number, to: number): number {
  const pause = pauseIn(prompt, { from, to });
  return pause - from <= MOST_WORDS_MORE ? pause : from;
}

const MOST_WORDS_MORE = 4;

/** A lead that is no more than a verdict: "the ones I rate:", "five that were just average:". */
const TELLS = /\b(?:i|my|me|we|our|that (?:is|are|was|were)|which)\b/u;

/** Words of a wish beside praise: "something fun like Heat". */
const ASKING =
  /\b(?:want|need|looking|look|something|anything|recommend|suggest|give|show|find|mood|prefer|more)\b/u;

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
  const pause = isLast ? place.to : pauseOf(prompt, place);
  const verdicts = verdictsIn(prompt, { from: place.from, to: pause });
  const but = prompt.plain.lastIndexOf('but', pause - 1);
  if (but < place.from) return verdicts[0] ?? null;
  const later = verdicts.find(({ from }) => from > but);
  const earlier = verdicts.findLast(({ from }) => from < but);
  return later && earlier
    ? { ...later, rating: mixed(earlier.rating, later.rating) }
    : (later ?? earlier ?? null);
}

/** A pause, but the one after "but I thought it only alright, …", which goes on about the same title. */
function pauseOf(prompt: PromptText, place: Place): number {
  const pause = pauseIn(prompt, place);
  if (pause >= place.to || !GOES_ON.test(prompt.plain.slice(pause, pause + 2).join(' '))) return pause;
  const next = pauseIn(prompt, { from: pause + 1, to: place.to });
  return next < place.to ? next : pause;
}

/** "boring but beautiful": a bare verdict is all the "but" leads to. */
function isBareVerdict(prompt: PromptText, but: number): boolean {
  const phrase = prompt.words[but + 1] && phraseAt(VERDICTS, prompt.words, but + 1);
  return (
    prompt.plain[but] === 'but' &&
    phrase !== undefined &&
    endsClause(prompt.words[but + 1 + phrase.words.length])
  );
}

/** "but it drags", "but the story was thin", "though far too long": the same title, not the next nor a wish. */
const GOES_ON =
  /^(?:but|though|although|yet|however) (?:its?|the|a|an|is|was|felt|feels|got|gets|had|has|not|no|too|far|way|rather|somewhat|also|overall|drags?|dragged|lost|lacks?|lacked|falls|fell|goes|went|overlong|overrated|boring|slow|dull|predictable|flat|thin|empty|hollow|forgettable|ultimately|in the end|still|then)\b/u;
const GOES_ON_AS_I =
  /^(?:but|though|although|yet|however) i (?:found it|thought (?:it|the)|fell asleep|got bored|lost interest|didnt like|didnt care)\b/u;

/** What comes last weighs more: "looked amazing but the story was thin" is no five. */
const LATER_SHARE = 0.65;
const mixed = (earlier: number, later: number, laterShare = LATER_SHARE): number =>
  Math.round((earlier * (1 - laterShare) + later * laterShare) * 2) / 2;

/**
 * A verdict that a "but" right behind it takes part of back, or adds to.
 * @param until the word where the next title begins
 * @returns null when nothing is said behind the "but" of this title
 */
export function takenBack(
  prompt: PromptText,
  verdict: { rating: number; to: number },
  until: number,
  laterShare = LATER_SHARE,
): { rating: number; to: number } | null {
  const clause = { from: verdict.to, to: Math.min(until, sentenceEnd(prompt, verdict.to)) };
  const words = prompt.plain.slice(clause.from, clause.from + 5).join(' ');
  if (!GOES_ON.test(words) && !GOES_ON_AS_I.test(words) && !isBareVerdict(prompt, clause.from)) return null;
  // With another title in the sentence the clause ends where it pauses.
  const pause = until <= clause.to ? pauseIn(prompt, { from: clause.from + 1, to: clause.to }) : clause.to;
  if (until <= clause.to && pause >= clause.to) return null;
  const told = verdictsIn(prompt, { from: clause.from + 1, to: pause });
  const last = told.find(({ isNumber }) => isNumber) ?? told[0];
  if (!last) return null;
  return {
    rating: last.isNumber ? last.rating : mixed(verdict.rating, last.rating, laterShare),
    to: last.to,
  };
}

/** "Tommy (the Who one) is unhinged": what is said in brackets or between commas of which film it is. */
function afterAside({ words }: PromptText, at: number): number {
  if (!/^\s*\(/.test(words[at]?.before ?? '')) return at;
  for (let to = at + 1; to < words.length && to - at < LONGEST_ASIDE_WORDS; to++)
    if (words[to]!.before.includes(')')) return to;
  return at;
}

const LONGEST_ASIDE_WORDS = 12;

/** "The Pianist the same", "Shrek ditto". */
const isTheSame = ({ plain }: PromptText, at: number): boolean =>
  /^(?:the same|ditto|likewise|same here|same again|same thing)\b/.test(plain.slice(at, at + 2).join(' '));

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
      return [{ from: at, to: at + 1, rating: number, isNumber: true }];
    }
    const phrase = phraseAt(VERDICTS, prompt.words, at);
    if (!phrase || at + phrase.words.length > to) continue;
    const isTurned = prompt.plain.slice(Math.max(from, at - REACH), at).some((word) => TURNING.has(word));
    found.push({
      from: at,
      to: at + phrase.words.length,
      rating: isTurned ? turned(phrase.value) : phrase.value,
      isNumber: false,
    });
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
  const outOf = /^\w+(?:\s?\/\s?|\s+out of\s+)(5|10|five|ten)s?\b/iu.exec(rest);
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
