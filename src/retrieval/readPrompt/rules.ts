import type { Trigger } from './sentiment.ts';
import { breaksSentence, type PromptText } from './words.ts';

/** What rules a place in the text: the last opinion before it, and whether only connecting words stand between. */
export interface Rule {
  trigger: Trigger;
  rating: number;
  isDirect: boolean;
}

/** Between an opinion and its title: "loved *the movie* Heat", "loved *both* Alien *and* …". */
const CONNECTING = new Set(
  `the a an movie movies film films show shows series flick flicks both and or also all of watching seeing rewatching titles things stuff classics
   especially particularly mainly mostly e g eg ie i old new original first recent stories pictures ones something anything
   how much is was are were most really so very to it und oder et ou y o den der die das le la les el los filme peliculas pelis serie films
   every minute second bit moment more other great good lot lots for example instance namely including my favorite favourite again like ending end finale opening season seasons half cast world rest`.split(
    /\s+/,
  ),
);

/** No list of titles that one opinion rules is longer. */
export const REACH_WORDS = 80;

/** The opinion that rules a word: the nearest before it in its sentence, through lists of titles. */
export function ruleAt(
  prompt: PromptText,
  triggers: readonly Trigger[],
  accepted: readonly { from: number; to: number }[],
  at: number,
): Rule | null {
  const trigger = triggers.findLast((candidate) => candidate.to <= at);
  if (!trigger || at - trigger.to > REACH_WORDS || hasBreak(prompt, trigger.to, at, accepted)) return null;
  let isDirect = true;
  for (let word = trigger.to; word < at && isDirect; word++) {
    const inside = accepted.find((span) => word >= span.from && word < span.to);
    // After a title only a list goes on: "watched Prisoners *last night*" does not.
    if (inside) {
      isDirect = inside.to >= at ? isListed(prompt, at) : isListed(prompt, inside.to);
      word = inside.to - 1;
    } else isDirect = CONNECTING.has(prompt.plain[word]!) || isNamed(prompt, word);
  }
  return { trigger, rating: ratingOf(prompt, triggers, trigger), isDirect };
}

const isListed = (prompt: PromptText, at: number): boolean =>
  /[^\s'’"”]/.test(prompt.words[at]!.before) ||
  prompt.words[at]!.before.includes('\n') ||
  CONNECTING.has(prompt.plain[at]!) ||
  LIST_WORDS.has(prompt.plain[at]!) ||
  isNamed(prompt, at);

/** A word of an unknown name, or a person's before "in": "loved *Tom Hanks in* Big". */
function isNamed(prompt: PromptText, at: number): boolean {
  const word = prompt.words[at]!;
  if (word.quote >= 0) return true;
  if (!prompt.hasTellingCapitals) return false;
  if (word.word === 'in')
    return prompt.words[at - 1]?.isCapital === true && prompt.words[at + 1]?.isCapital === true;
  return word.isCapital && !word.startsSentence && word.word !== 'i';
}

/** "I hated films like X": the comparison takes the verdict that rules it. */
function ratingOf(prompt: PromptText, triggers: readonly Trigger[], trigger: Trigger): number {
  if (!trigger.isComparison) return trigger.rating;
  const before = triggers.findLast((other) => other.to <= trigger.from);
  if (
    !before ||
    before.isComparison ||
    trigger.from - before.to > 3 ||
    hasBreak(prompt, before.to, trigger.from, [])
  )
    return trigger.rating;
  const between = prompt.plain.slice(before.to, trigger.from);
  return between.every((word) => CONNECTING.has(word)) ? before.rating : trigger.rating;
}

export function hasBreak(
  prompt: PromptText,
  from: number,
  to: number,
  accepted: readonly { from: number; to: number }[],
): boolean {
  for (let at = from; at <= to && at < prompt.words.length; at++) {
    const isInside = accepted.some((span) => at > span.from && at < span.to);
    // A line break goes on with a list.
    if (
      !isInside &&
      at > from &&
      breaksSentence(prompt.words[at]!) &&
      !/^[\s,:•*\d.-]*\n[\s•*-]*$/.test(prompt.words[at]!.before)
    )
      return true;
    if (at > from && at < to && !isInside && ENDS_OPINION.has(prompt.plain[at]!)) return true;
  }
  return false;
}

const ENDS_OPINION = new Set(
  `want looking recommend suggest need mood give find but pero aber mais ma`.split(' '),
);

/** Only a comma, "and" or a line break stands between. */
export function isListGap(prompt: PromptText, from: number, title: number): boolean {
  const to = ownerBefore(prompt, title) ?? title;
  if (to < from || to - from > 3) return false;
  const between = prompt.words.slice(from, to);
  if (!between.every(({ word }) => LIST_WORDS.has(word))) return false;
  const gaps = prompt.words.slice(from, to + 1).map(({ before }) => before);
  if (gaps.some((gap) => /[!?;]|\.\s/.test(gap))) return false;
  return between.length > 0 || /[,/&+|\n•·*-]/.test(gaps[0]!);
}

/** The first word of whose title it is: "*Disney's* Tarzan", "*Monty Python's* Life of Brian"; null when nobody is named. */
export function ownerBefore({ words, text }: PromptText, title: number): number | null {
  const owner = words[title - 1];
  if (owner?.isCapital !== true || words[title]?.before !== ' ') return null;
  if (!/['’]s$|s['’]$/u.test(text.slice(owner.start, words[title]!.start - 1))) return null;
  const first = words[title - 2];
  return owner.before === ' ' && first?.isCapital === true && !first.startsSentence ? title - 2 : title - 1;
}

const LIST_WORDS = new Set(
  'and or meets und et y e the a both also even plus then oder ou o as well of course nor'.split(' '),
);

export function rulesSomething(
  prompt: PromptText,
  trigger: Trigger,
  spans: readonly { from: number; to: number }[],
): boolean {
  const next = spans.filter((span) => span.from >= trigger.to).sort((a, b) => a.from - b.from)[0];
  return (
    next !== undefined &&
    !hasBreak(prompt, trigger.to, next.from, spans) &&
    prompt.plain.slice(trigger.to, next.from).every((word) => CONNECTING.has(word))
  );
}

/** The words of an opinion with "I", "really" before and "the movie" after them. */
export function extentOf(prompt: PromptText, trigger: Trigger): { start: number; end: number } {
  let from = trigger.from;
  while (from > 0 && LEAD_WORDS.has(prompt.plain[from - 1]!) && !/[.!?;,\n]/.test(prompt.words[from]!.before))
    from--;
  let to = trigger.to;
  while (
    to < prompt.words.length &&
    CONNECTING.has(prompt.plain[to]!) &&
    !/[.!?;\n]/.test(prompt.words[to]!.before)
  )
    to++;
  return { start: prompt.words[from]!.start, end: prompt.words[to - 1]!.end };
}

const LEAD_WORDS = new Set(
  `i we really also absolutely totally truly just so always my me all time and but though although have ive had did do am im was big huge a much kind of sort ich je yo io mi ho jai he`.split(
    ' ',
  ),
);
