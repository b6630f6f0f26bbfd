import type { Opinion, Unmatched } from '../../domain.ts';
import type { Lexicon } from './lexicon.ts';
import { ratingAfter, ratingBefore } from './ratings.ts';
import { extentOf, isListGap, ruleAt, rulesSomething, type Rule } from './rules.ts';
import { findTriggers, trailingRating, type Trigger } from './sentiment.ts';
import { findSpans, type TitleSpan } from './titleSpans.ts';
import { findUnknown } from './unknownTitles.ts';
import type { PromptText } from './words.ts';

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

/** A title named without any opinion: people name what they like. */
const NAMED_RATING = 4;

export function findTitles(prompt: PromptText, lexicon: Lexicon): FoundTitles {
  const allTriggers = findTriggers(prompt.words);
  // "big" in "a big fan of" is no title …
  const candidates = findSpans(prompt, lexicon).filter(
    (span) =>
      span.isQuoted ||
      span.capitals === 'strong' ||
      !allTriggers.some(({ from, to }) => from <= span.from && span.to <= to),
  );
  const accepted = acceptSpans(prompt, allTriggers, candidates, lexicon);
  // … and "love" in "Love Actually" no opinion.
  const triggers = allTriggers.filter(
    ({ from, to }) => !accepted.some((span) => span.from <= from && to <= span.to),
  );
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
  for (const trigger of triggers)
    if (rulesSomething(prompt, trigger, [...spans, ...unknown.unmatched]))
      taken.push(extentOf(prompt, trigger));
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
  const isFree = (span: TitleSpan) =>
    accepted.every((other) => span.to <= other.from || span.from >= other.to);
  for (let round = 0; round < 3; round++)
    for (const span of spans) {
      if (!isFree(span)) continue;
      // A name that may be a title does not end a list: "loved heat and collateral" reaches collateral.
      const listed = [
        ...accepted,
        ...spans.filter(
          (other) => other.to <= span.from && other.contentWords > 0 && other.confidence >= 0.95,
        ),
      ];
      if (isMeant(prompt, span, ruleAt(prompt, triggers, listed, span.from), accepted, lexicon))
        accepted.push(span);
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
  const words = span.nameWords;
  const isWhole = span.confidence >= 0.95;
  const hasVerdict =
    ratingAfter(prompt.text, span.end) !== null ||
    ratingBefore(prompt.text, span.start) !== null ||
    ((span.capitals !== 'none' || (!span.isOrdinary && span.contentWords > 1)) &&
      isEnd(prompt, span.from - 1, span.from) &&
      trailingRating(prompt.words, span.to) !== null);
  const isListed = isInList(prompt, span, accepted);
  const isDirect = rule?.isDirect === true;
  if (hasVerdict && (span.capitals !== 'none' || !span.isOrdinary || words > 2)) return true;
  if (span.capitals === 'strong') {
    if (isDirect || isListed) return isWhole || words > 1 || !span.isOrdinary;
    if (span.isOrdinary && words === 1) return false;
    if (rule === null && isPlaceOrTopic(prompt, span)) return false;
    return isWhole ? words > 1 || rule !== null || !span.isOrdinary : words > 1;
  }
  if (span.capitals === 'weak' && (isListed || (isAlone(prompt, span) && !span.isOrdinary)))
    return isWhole || words > 1;
  if (isListed && (isDirect || !span.isOrdinary))
    return (isWhole && span.contentWords > 0) || span.contentWords > 1;
  if (isDirect) {
    if (span.contentWords >= 2)
      return isWhole ? !isGeneric(prompt, span, lexicon) : !span.isOrdinary || words > 2;
    if (words >= 3 && span.contentWords >= 1) return isWhole;
    return span.contentWords === 1 && isWhole && !span.isOrdinary;
  }
  if (isAlone(prompt, span)) return isWhole && !span.isOrdinary && span.contentWords >= 1;
  return isWhole && span.contentWords >= 3 && !span.isOrdinary;
}

/** "set in Casablanca", "about Gandhi"; but "Tom Hanks in Cast Away". */
function isPlaceOrTopic(prompt: PromptText, span: TitleSpan): boolean {
  const lead = prompt.words[span.from - 1];
  return (
    lead !== undefined &&
    /^(?:in|to|near|at|around|through|across|about|visit|visiting)$/.test(lead.word) &&
    !isNameWord(prompt.words[span.from - 2])
  );
}

/** "love stories", "road trip movies": a title's words used as what they say. */
function isGeneric(prompt: PromptText, span: TitleSpan, lexicon: Lexicon): boolean {
  if (!span.isOrdinary) return false;
  const next = prompt.words[span.to];
  if (
    next &&
    /^(?:movies?|films?|flicks?|shows?|series|stories|stuff|things)$/.test(next.word) &&
    next.before.trim() === ''
  )
    return true;
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
  if (isNameWord(next) && next!.before === ' ') return true;
  return isNameWord(previous) && !previous!.startsSentence && words[span.from]!.before === ' ';
}

const isNameWord = (word: PromptText['words'][number] | undefined): boolean =>
  word?.isCapital === true &&
  !/^\d+$/.test(word.word) &&
  !/^(?:i|im|ive|id|and|or|but|also)$/.test(word.word);

/** Beside a title already found, with only a comma or "and" between. */
function isInList(prompt: PromptText, span: TitleSpan, accepted: readonly TitleSpan[]): boolean {
  return accepted.some((other) =>
    other.to <= span.from
      ? isListGap(prompt, other.to, span.from)
      : other.from >= span.to && isListGap(prompt, span.to, other.from),
  );
}

/** The span is all its clause says. */
function isAlone(prompt: PromptText, span: TitleSpan): boolean {
  return isEnd(prompt, span.from - 1, span.from) && isEnd(prompt, span.to, span.to);
}

const isEnd = (prompt: PromptText, neighbour: number, gap: number): boolean =>
  prompt.words[neighbour] === undefined || /[,.;:!?\n/&|•*<>-]/.test(prompt.words[gap]!.before);

function rateSpans(
  prompt: PromptText,
  triggers: readonly Trigger[],
  spans: readonly TitleSpan[],
): { span: TitleSpan; rating: number; extent: { start: number; end: number } }[] {
  let listRating: number | null = null;
  let ratedTo = 0;
  const rated = spans.map((span, at) => {
    const extent = { start: span.start, end: span.end };
    const before = ratingBefore(prompt.text, span.start);
    const isOwn = before !== null && span.start - before.length >= ratedTo;
    const verdict = isOwn ? before : ratingAfter(prompt.text, span.end);
    if (verdict && isOwn) extent.start -= verdict.length;
    else if (verdict) extent.end += verdict.length;
    ratedTo = extent.end;
    const previous = spans[at - 1];
    const isContinued = previous !== undefined && isListGap(prompt, previous.to, span.from);
    const rule = ruleAt(prompt, triggers, spans, span.from);
    const trailing = verdict ? null : trailingOf(prompt, span);
    if (trailing) extent.end = prompt.words[trailing.to - 1]!.end;
    const isRuled = rule !== null && (rule.isDirect || !trailing);
    const rating: number =
      verdict?.rating ??
      (isRuled && rule.isDirect
        ? rule.rating
        : (trailing?.rating ??
          (isRuled ? rule.rating : ((isContinued ? listRating : null) ?? NAMED_RATING))));
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
