import type { Opinion, Unmatched } from '../../domain.ts';
import type { Lexicon } from './lexicon.ts';
import { ratingAfter, ratingBefore } from './ratings.ts';
import { findTriggers, trailingRating, type Trigger } from './sentiment.ts';
import { findSpans, type TitleSpan } from './titleSpans.ts';
import { findUnknown } from './unknownTitles.ts';
import { breaksSentence, type PromptText } from './words.ts';

/**
 * Opinions in a prompt. Goals: a title counts only with evidence that a title is meant (quotes, a year, capitals, a
 * word of opinion, a list of titles), since hundreds of titles are everyday words; each title gets the rating of the
 * opinion that rules it. A missed title costs little, an invented one spoils the list.
 */
export interface FoundTitles {
  opinions: Opinion[];
  unmatched: Unmatched[];
  /** Stretches of the text that named titles and opinions: not preferences. */
  taken: { start: number; end: number }[];
}

/** What rules a place in the text: the last opinion before it, and whether only connecting words stand between. */
interface Rule {
  trigger: Trigger;
  rating: number;
  isDirect: boolean;
}

/** A title named without any opinion: people name what they like. */
const NAMED_RATING = 4;

export function findTitles(prompt: PromptText, lexicon: Lexicon): FoundTitles {
  const triggers = findTriggers(prompt.words);
  const accepted = acceptSpans(prompt, triggers, findSpans(prompt, lexicon), lexicon);
  const unknown = findUnknown(prompt, triggers, accepted, lexicon);
  const spans = [...accepted, ...unknown.found].sort((a, b) => a.from - b.from);
  const taken: FoundTitles['taken'] = [];
  const opinions = new Map<number, Opinion>();
  for (const { span, rating, extent } of rateSpans(prompt, triggers, spans)) {
    opinions.delete(span.movieId);
    opinions.set(span.movieId, { movieId: span.movieId, rating, said: span.said });
    taken.push(extent);
  }
  for (const { start, end } of unknown.unmatched) taken.push({ start, end });
  for (const trigger of triggers) if (rulesSomething(prompt, trigger, [...spans, ...unknown.unmatched])) taken.push(extentOf(prompt, trigger));
  return {
    opinions: [...opinions.values()],
    unmatched: unknown.unmatched.map(({ said }) => ({ said, suggestions: lexicon.titles.suggest(said, 3) })),
    taken,
  };
}

/** Longest first at each place; then a second look, since titles already found make a list. */
function acceptSpans(
  prompt: PromptText,
  triggers: readonly Trigger[],
  spans: readonly TitleSpan[],
  lexicon: Lexicon,
): TitleSpan[] {
  const accepted: TitleSpan[] = [];
  const isFree = (span: TitleSpan) => accepted.every((other) => span.to <= other.from || span.from >= other.to);
  for (let round = 0; round < 3; round++)
    for (const span of spans) {
      if (!isFree(span)) continue;
      if (isMeant(prompt, span, ruleAt(prompt, triggers, accepted, span.from), accepted, lexicon)) accepted.push(span);
    }
  return accepted.sort((a, b) => a.from - b.from);
}

function isMeant(
  prompt: PromptText,
  span: TitleSpan,
  rule: Rule | null,
  accepted: readonly TitleSpan[],
  lexicon: Lexicon,
): boolean {
  if (span.hasYear || span.isQuoted) return true;
  if (isPartOfName(prompt, span, lexicon)) return false;
  const words = span.to - span.from;
  const isWhole = span.confidence >= 0.95;
  const hasVerdict = ratingAfter(prompt.text, span.end) !== null || (span.capitals !== 'none' && isEnd(prompt, span.from - 1, span.from) && trailingRating(prompt.words, span.to) !== null);
  const isListed = isInList(prompt, span, accepted);
  const isDirect = rule?.isDirect === true;
  if (hasVerdict && (span.capitals !== 'none' || !span.isOrdinary || words > 2)) return true;
  if (span.capitals === 'strong') {
    if (isDirect || isListed) return isWhole || words > 1 || !span.isOrdinary;
    if (span.isOrdinary && words === 1) return false;
    return isWhole ? words > 1 || rule !== null || !span.isOrdinary : words > 1;
  }
  if (span.capitals === 'weak' && (isListed || (isAlone(prompt, span) && !span.isOrdinary))) return isWhole || words > 1;
  if (isListed && (isDirect || !span.isOrdinary)) return isWhole && span.contentWords > 0 || span.contentWords > 1;
  if (isDirect) {
    if (span.contentWords >= 2) return isWhole ? !isGeneric(prompt, span, lexicon) : !span.isOrdinary;
    if (words >= 3 && span.contentWords >= 1) return isWhole;
    return span.contentWords === 1 && isWhole && !span.isOrdinary;
  }
  if (isAlone(prompt, span)) return isWhole && !span.isOrdinary && span.contentWords >= 1;
  return isWhole && span.contentWords >= 3 && !span.isOrdinary;
}

/** "love stories", "road trip movies": a title's words used as what they say. */
function isGeneric(prompt: PromptText, span: TitleSpan, lexicon: Lexicon): boolean {
  if (!span.isOrdinary) return false;
  const next = prompt.words[span.to];
  if (next && /^(?:movies?|films?|flicks?|shows?|series|stories|stuff|things)$/.test(next.word) && next.before.trim() === '') return true;
  return lexicon.tags.find(prompt.plain.slice(span.from, span.to).join(' ')) !== null;
}

/** Inside a longer run of capitals, or a person's name: "Ray" in "Ray Liotta". */
function isPartOfName(prompt: PromptText, span: TitleSpan, lexicon: Lexicon): boolean {
  const { words } = prompt;
  for (let from = Math.max(0, span.from - 2); from <= span.from; from++)
    for (let to = Math.min(words.length, span.to + 2); to >= span.to; to--) {
      if (to - from <= span.to - span.from || to - from > 5) continue;
      if (lexicon.people.find(prompt.text.slice(words[from]!.start, words[to - 1]!.end))) return true;
    }
  const next = words[span.to];
  const previous = words[span.from - 1];
  if (span.capitals === 'none' || span.to - span.from > 1) return false;
  if (next?.isCapital && /^ $/.test(next.before) && !/^(?:i|and|or|but)$/.test(next.word)) return true;
  return previous?.isCapital === true && !previous.startsSentence && /^ $/.test(words[span.from]!.before) && !/^(?:i|and|or|but)$/.test(previous.word);
}

/** Beside a title already found, with only a comma or "and" between. */
function isInList(prompt: PromptText, span: TitleSpan, accepted: readonly TitleSpan[]): boolean {
  return accepted.some((other) =>
    other.to <= span.from ? isListGap(prompt, other.to, span.from) : other.from >= span.to && isListGap(prompt, span.to, other.from),
  );
}

function isListGap(prompt: PromptText, from: number, to: number): boolean {
  if (to - from > 3) return false;
  const between = prompt.words.slice(from, to);
  if (!between.every(({ word }) => LIST_WORDS.has(word))) return false;
  const gaps = prompt.words.slice(from, to + 1).map(({ before }) => before);
  if (gaps.some((gap) => /[!?;]|\.\s/.test(gap))) return false;
  return between.length > 0 || /[,/&+|\n•·*-]/.test(gaps[0]!);
}

const LIST_WORDS = new Set('and or und et y e the a both also even plus then oder ou o as well of course nor'.split(' '));

/** The span is all its clause says. */
function isAlone(prompt: PromptText, span: TitleSpan): boolean {
  return isEnd(prompt, span.from - 1, span.from) && isEnd(prompt, span.to, span.to);
}

const isEnd = (prompt: PromptText, neighbour: number, gap: number): boolean =>
  prompt.words[neighbour] === undefined || /[,.;:!?\n/&|•*-]/.test(prompt.words[gap]!.before);

/** Between an opinion and its title: "loved *the movie* Heat", "loved *both* Alien *and* …". */
const CONNECTING = new Set(
  `the a an movie movies film films show shows series flick flicks both and or also all of watching seeing rewatching titles things stuff classics
   especially particularly mainly mostly e g eg ie i old new original first recent stories pictures ones something anything
   how much is was are were most really so very to it und oder et ou y o den der die das le la les el los filme peliculas pelis serie films
   more other great good for example instance namely including my favorite favourite again like`.split(/\s+/),
);

/** The opinion that rules a word: the nearest before it in its sentence, through lists of titles. */
export function ruleAt(
  prompt: PromptText,
  triggers: readonly Trigger[],
  accepted: readonly { from: number; to: number }[],
  at: number,
): Rule | null {
  const trigger = triggers.findLast((candidate) => candidate.to <= at);
  if (!trigger || hasBreak(prompt, trigger.to, at, accepted)) return null;
  let isDirect = true;
  for (let word = trigger.to; word < at && isDirect; word++) {
    const inside = accepted.find((span) => word >= span.from && word < span.to);
    if (inside) word = inside.to - 1;
    else isDirect = CONNECTING.has(prompt.plain[word]!);
  }
  return { trigger, rating: ratingOf(prompt, triggers, trigger), isDirect };
}

/** "I hated films like X": the comparison takes the verdict that rules it. */
function ratingOf(prompt: PromptText, triggers: readonly Trigger[], trigger: Trigger): number {
  if (!trigger.isComparison) return trigger.rating;
  const before = triggers.findLast((other) => other.to <= trigger.from);
  if (!before || before.isComparison || trigger.from - before.to > 3 || hasBreak(prompt, before.to, trigger.from, [])) return trigger.rating;
  const between = prompt.plain.slice(before.to, trigger.from);
  return between.every((word) => CONNECTING.has(word)) ? before.rating : trigger.rating;
}

function hasBreak(prompt: PromptText, from: number, to: number, accepted: readonly { from: number; to: number }[]): boolean {
  for (let at = from; at <= to && at < prompt.words.length; at++) {
    const isInside = accepted.some((span) => at > span.from && at < span.to);
    // A line break goes on with a list.
    if (!isInside && at > from && breaksSentence(prompt.words[at]!) && !/^[\s,:•*\d.-]*\n[\s•*-]*$/.test(prompt.words[at]!.before)) return true;
    if (at > from && at < to && !isInside && ENDS_OPINION.has(prompt.plain[at]!)) return true;
  }
  return false;
}

const ENDS_OPINION = new Set(`want looking recommend suggest need mood give find but pero aber mais ma`.split(' '));

function rateSpans(
  prompt: PromptText,
  triggers: readonly Trigger[],
  spans: readonly TitleSpan[],
): { span: TitleSpan; rating: number; extent: { start: number; end: number } }[] {
  let listRating: number | null = null;
  const rated = spans.map((span, at) => {
    const extent = { start: span.start, end: span.end };
    const after = ratingAfter(prompt.text, span.end);
    if (after) extent.end += after.length;
    const before = after ? null : ratingBefore(prompt.text, span.start);
    if (before) extent.start -= before.length;
    const verdict = after ?? before ?? null;
    const previous = spans[at - 1];
    const isContinued = previous !== undefined && isListGap(prompt, previous.to, span.from);
    const rule = ruleAt(prompt, triggers, spans, span.from);
    const trailing = verdict ? null : trailingOf(prompt, span);
    if (trailing) extent.end = prompt.words[trailing.to - 1]!.end;
    const isRuled = rule !== null && (rule.isDirect || !trailing);
    const rating: number = verdict?.rating ?? (isRuled && rule.isDirect ? rule.rating : (trailing?.rating ?? (isRuled ? rule.rating : (isContinued ? listRating : null) ?? NAMED_RATING)));
    listRating = rating;
    return { span, rating, extent, isSaid: verdict !== null || rule !== null, trailing, isContinued };
  });
  // "Heat and Collateral were great": the verdict at a list's end holds for the list.
  for (let at = rated.length - 2; at >= 0; at--)
    if (rated[at + 1]!.trailing && !rated[at]!.isSaid && !rated[at]!.trailing && rated[at + 1]!.isContinued) {
      rated[at]!.rating = rated[at + 1]!.rating;
      rated[at]!.trailing = rated[at + 1]!.trailing;
    }
  return rated.map(({ span, rating, extent }) => ({ span, rating, extent }));
}

function trailingOf(prompt: PromptText, span: TitleSpan): { rating: number; to: number } | null {
  const found = trailingRating(prompt.words, span.to);
  return found && !/[,]/.test(prompt.words[span.to]?.before ?? '') ? found : null;
}

function rulesSomething(prompt: PromptText, trigger: Trigger, spans: readonly { from: number; to: number }[]): boolean {
  const next = spans.filter((span) => span.from >= trigger.to).sort((a, b) => a.from - b.from)[0];
  return next !== undefined && !hasBreak(prompt, trigger.to, next.from, spans) && prompt.plain.slice(trigger.to, next.from).every((word) => CONNECTING.has(word));
}

/** The words of an opinion with "I", "really" before and "the movie" after them. */
function extentOf(prompt: PromptText, trigger: Trigger): { start: number; end: number } {
  let from = trigger.from;
  while (from > 0 && LEAD_WORDS.has(prompt.plain[from - 1]!) && !/[.!?;,\n]/.test(prompt.words[from]!.before)) from--;
  let to = trigger.to;
  while (to < prompt.words.length && CONNECTING.has(prompt.plain[to]!) && !/[.!?;\n]/.test(prompt.words[to]!.before)) to++;
  return { start: prompt.words[from]!.start, end: prompt.words[to - 1]!.end };
}

const LEAD_WORDS = new Set(
  `i we really also absolutely totally truly just so always my me all time and but though although have ive had did do am im was big huge a much kind of sort ich je yo io mi ho jai he`.split(' '),
);
