import type { Opinion, Unmatched } from '../../domain.ts';
import type { Lexicon } from './lexicon.ts';
import { clauseVerdicts, takenBack } from './clauseVerdicts.ts';
import { isMeant } from './evidence.ts';
import { ratingAfter, ratingBefore, ratingStretches } from './ratings.ts';
import { peoplePlaces } from './peoplePlaces.ts';
import { findBackReferences, listStart, referent, type BackReference } from './references.ts';
import { keepsOff, refusingWord, titlesOfName } from './refusedTitles.ts';
import { extentOf, isListGap, ownerBefore, REACH_WORDS, ruleAt, rulesSomething } from './rules.ts';
import { findTriggers, frontedRating, trailingRating, type Trigger } from './sentiment.ts';
import { findSpans, type TitleSpan } from './titleSpans.ts';
import { findUnknown, type UnknownName } from './unknownTitles.ts';
import type { PromptText } from './words.ts';

/**
 * Opinions in a prompt. Goals: a title counts only with evidence that a title is meant (quotes, a year, capitals, a
 * word of opinion, a list of titles), since hundreds of titles are everyday words; each title gets the rating of the
 * opinion that rules it. A missed title costs little, an invented one spoils the list.
 */
export interface FoundTitles {
  opinions: Opinion[];
  /** movieIds of titles that were only named or compared with ("like Heat"): more of their kind is asked for. */
  alike: number[];
  /** movieIds of titles that are not to be shown ("not Oldboy"), with all of that name. */
  refusedTitles: number[];
  unmatched: Unmatched[];
  /** Stretches of the text that named titles and opinions: not preferences. */
  taken: { start: number; end: number }[];
}

/** A title named without any opinion: people name what they like. */
const NAMED_RATING = 4;
/** A title that was only refused. */
const REFUSED_RATING = 2;

export function findTitles(prompt: PromptText, lexicon: Lexicon): FoundTitles {
  const allTriggers = findTriggers(prompt.words);
  const stretches = ratingStretches(prompt.text);
  // "big" in "a big fan of" is no title, nor is "4/5" in a rating …
  const candidates = findSpans(prompt, lexicon).filter(
    (span) =>
      span.isQuoted ||
      (!stretches.some(({ start, end }) => span.start < end && span.end > start) &&
        (span.capitals === 'strong' ||
          !allTriggers.some(({ from, to }) => from <= span.from && span.to <= to))),
  );
  const references = findBackReferences(prompt, allTriggers);
  const accepted = acceptSpans(prompt, allTriggers, candidates, references, lexicon);
  const isInside = ({ from, to }: { from: number; to: number }) =>
    accepted.some((span) => span.from < to && from < span.to);
  const back = references.filter(
    ({ trigger, to }) =>
      !isInside({ from: trigger.from, to }) &&
      referent(prompt, { trigger, to, rating: 0, isOfMany: false }, accepted) >= 0,
  );
  const fronted = accepted.flatMap((span) => {
    const found = frontedRating(prompt.words, span.to);
    return found ? [{ from: span.to, to: found.to }] : [];
  });
  // … and "love" in "Love Actually" no opinion; one that looks back rules nothing after it.
  const triggers = allTriggers.filter(
    (trigger) =>
      !accepted.some((span) => span.from <= trigger.from && trigger.to <= span.to) &&
      !back.some((reference) => reference.trigger === trigger) &&
      !fronted.some(({ from, to }) => from <= trigger.from && trigger.to <= to),
  );
  const unknown = findUnknown(prompt, triggers, accepted, lexicon);
  const spans = [...accepted, ...unknown.found].sort((a, b) => a.from - b.from);
  const taken: FoundTitles['taken'] = [...stretches];
  const opinions = new Map<number, Opinion>();
  const alike = new Set<number>();
  const refused = new Set<number>();
  for (const { span, rating, extent, isAlike, isRefused } of rateSpans(
    prompt,
    triggers,
    spans,
    unknown.unmatched,
    back,
  )) {
    taken.push(extent);
    if (span === null) continue;
    if (isAlike) alike.add(span.movieId);
    if (isRefused) for (const movieId of titlesOfName(prompt, span, lexicon)) refused.add(movieId);
    opinions.delete(span.movieId);
    opinions.set(span.movieId, { movieId: span.movieId, rating, said: span.said });
  }
  // "Alien, but I hate Alien": a name said twice is no wish the first time.
  for (const { movieId, start, end, capitals } of candidates)
    if (capitals !== 'none' && opinions.has(movieId)) taken.push({ start, end });
  for (const { start, end } of unknown.unmatched) taken.push({ start, end });
  for (const trigger of triggers)
    if (rulesSomething(prompt, trigger, [...spans, ...unknown.unmatched]))
      taken.push(extentOf(prompt, trigger));
  for (const { trigger, to } of back)
    taken.push({ start: extentOf(prompt, trigger).start, end: prompt.words[to - 1]!.end });
  return {
    opinions: [...opinions.values()],
    alike: [...alike],
    refusedTitles: [...refused],
    unmatched: unknown.unmatched.map(({ said }) => ({ said, suggestions: lexicon.titles.suggest(said, 3) })),
    taken,
  };
}

/** Longest first at each place; then a second look, since titles already found make a list. */
function acceptSpans(
  prompt: PromptText,
  triggers: readonly Trigger[],
  candidates: readonly TitleSpan[],
  references: readonly BackReference[],
  lexicon: Lexicon,
): TitleSpan[] {
  const people = peoplePlaces(prompt, lexicon.wholeNames);
  const nameable = candidates.filter(
    ({ contentWords, confidence }) => contentWords > 0 && confidence >= 0.95,
  );
  const accepted: TitleSpan[] = [];
  const isFree = (span: TitleSpan) =>
    accepted.every((other) => span.to <= other.from || span.from >= other.to);
  for (let round = 0; round < 3; round++)
    for (const span of candidates) {
      if (!isFree(span)) continue;
      // A name that may be a title does not end a list: "loved heat and collateral" reaches collateral.
      const rule = ruleAt(prompt, triggers, [...accepted, ...namesBefore(nameable, span.from)], span.from);
      if (isMeant(span, { prompt, rule, accepted, candidates, references, people, lexicon }))
        accepted.push(span);
    }
  return accepted.sort((a, b) => a.from - b.from);
}

/** The names that end before a word, as far back as an opinion reaches. @param names in the order of the text */
function namesBefore(names: readonly TitleSpan[], at: number): TitleSpan[] {
  const found: TitleSpan[] = [];
  for (let last = names.findLastIndex(({ from }) => from < at); last >= 0; last--) {
    const name = names[last]!;
    if (at - name.from > REACH_WORDS) break;
    if (name.to <= at) found.push(name);
  }
  return found;
}

/** "Loved: Ran; Yojimbo; High and Low." */
const isSemicolonItem = ({ words }: PromptText, { from, to }: { from: number; to: number }): boolean =>
  /^;\s*$/.test(words[from]!.before) && /^\s*[;.\n]|^$/.test(words[to]?.before ?? '');

const MORE_LIKE_THAT =
  /\b(?:more|something|anything|stuff|others?)\s+(?:like|in the vein of|similar to|along the lines of)\s+(?:that|this|it|these|those|them)\b|\b(?:something|anything|more) similar\b/iu;

interface Rated {
  /** null: a name the catalogue does not have, kept for the verdict of the list it stands in. */
  span: TitleSpan | null;
  rating: number;
  extent: { start: number; end: number };
  /** No verdict was given, or only a comparison. */
  isAlike: boolean;
  /** Named only to be kept off the list. */
  isRefused: boolean;
}

function rateSpans(
  prompt: PromptText,
  triggers: readonly Trigger[],
  spans: readonly TitleSpan[],
  unmatched: readonly UnknownName[],
  references: readonly BackReference[],
): Rated[] {
  let listRating: number | null = null;
  let isListRefused = false;
  let ratedTo = 0;
  const named = [...spans, ...unmatched].sort((a, b) => a.from - b.from);
  const rated = named.map((name, at) => {
    const owner = ownerBefore(prompt, name.from);
    const extent = { start: owner === null ? name.start : prompt.words[owner]!.start, end: name.end };
    const before = ratingBefore(prompt.text, name.start);
    const isOwn = before !== null && name.start - before.length >= ratedTo;
    const verdict = isOwn ? before : ratingAfter(prompt.text, name.end);
    if (verdict && isOwn) extent.start -= verdict.length;
    else if (verdict) extent.end += verdict.length;
    ratedTo = extent.end;
    const previous = named[at - 1];
    const isContinued =
      previous !== undefined &&
      (isListGap(prompt, previous.to, name.from) ||
        (previous.to === name.from && isSemicolonItem(prompt, name)) ||
        (previous.to === name.from && /^(?:too|also)$/.test(prompt.plain[name.to] ?? '')));
    const rule = ruleAt(prompt, triggers, named, name.from);
    const refusing = verdict ? null : refusingWord(prompt, name.from);
    if (refusing) extent.start = refusing.start;
    isListRefused =
      refusing !== null || (isContinued && isListRefused) || (!verdict && keepsOff(prompt, rule));
    const isRefused = isListRefused && !verdict;
    const told = verdict ? null : trailingRating(prompt.words, name.to);
    const trailing = told && (takenBack(prompt, told, named[at + 1]?.from ?? Infinity) ?? told);
    const isRuled = rule !== null && (rule.isDirect || !trailing);
    // "I loved Heat but it is too long": the verb weighs more.
    const tempered =
      rule?.isDirect === true && !rule.trigger.isComparison && !trailing && !verdict
        ? takenBack(prompt, { rating: rule.rating, to: name.to }, named[at + 1]?.from ?? Infinity, 0.35)
        : null;
    const said = trailing ?? tempered;
    if (said) extent.end = prompt.words[said.to - 1]!.end;
    // "Saw Heat, still perfect": having seen it is no verdict.
    const isWatched = rule?.rating === 3 || prompt.plain[rule?.trigger.from ?? -1] === 'rewatched';
    const isSettled = rule?.isDirect === true && !(trailing && isWatched);
    const rating: number =
      verdict?.rating ??
      (refusing || (isContinued && isRefused && rule === null) ? REFUSED_RATING : null) ??
      (isRuled && isSettled
        ? (tempered?.rating ?? rule.rating)
        : (trailing?.rating ??
          (isRuled ? rule.rating : ((isContinued ? listRating : null) ?? NAMED_RATING))));
    listRating = rating;
    return {
      name,
      rating,
      extent,
      isSaid: verdict !== null || rule !== null,
      isSettled: verdict !== null || isRefused || (isSettled && !isWatched),
      isCompared: rule === null || rule.trigger.isComparison,
      verdict,
      trailing,
      isContinued,
      isRefused,
    };
  });
  // "Heat and Collateral were great": the verdict at a list's end holds for the list.
  for (let at = rated.length - 2; at >= 0; at--)
    if (rated[at + 1]!.trailing && !rated[at]!.isSaid && !rated[at]!.trailing && rated[at + 1]!.isContinued) {
      rated[at]!.rating = rated[at + 1]!.rating;
      rated[at]!.trailing = rated[at + 1]!.trailing;
    }
  const verdicts = clauseVerdicts(
    prompt,
    named,
    rated.map(({ isContinued }) => isContinued),
  );
  rated.forEach((item, at) => {
    const told = verdicts[at];
    if (item.isSettled || item.trailing || !told) return;
    item.rating = told.rating;
    if (told.to <= told.from) return;
    item.extent.start = Math.min(item.extent.start, prompt.words[told.from]!.start);
    item.extent.end = Math.max(item.extent.end, prompt.words[told.to - 1]!.end);
  });
  // "watched X last night, want more like that": what one wants more of was liked.
  if (MORE_LIKE_THAT.test(prompt.text))
    for (const item of rated)
      if (item.rating === 3 && !item.verdict && !item.trailing) item.rating = NAMED_RATING;
  for (const reference of references) {
    const last = referent(prompt, reference, named);
    if (last < 0) continue;
    for (let at = reference.isOfMany ? listStart(prompt, named, last) : last; at <= last; at++)
      if (!rated[at]!.verdict) rated[at]!.rating = reference.rating;
  }
  return rated.map(({ name, rating, extent, isCompared, verdict, trailing, isRefused }) => ({
    span: spans.find((span) => span === name) ?? null,
    rating,
    extent,
    isAlike: rating === NAMED_RATING && isCompared && !verdict && !trailing,
    isRefused: isRefused && rating <= REFUSED_RATING,
  }));
}
