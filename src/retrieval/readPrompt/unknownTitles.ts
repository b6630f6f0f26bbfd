import { isStopWord } from '../tokenize.ts';
import type { Lexicon } from './lexicon.ts';
import { ratingAfter } from './ratings.ts';
import { isListGap, ruleAt } from './rules.ts';
import { trailingRating, type Trigger } from './sentiment.ts';
import type { TitleSpan } from './titleSpans.ts';
import { breaksSentence, type PromptText } from './words.ts';

/** A name in an opinion that the catalogue does not have as it is written. */
export interface UnknownName {
  said: string;
  from: number;
  to: number;
  start: number;
  end: number;
}

/** Names after words of opinion that no title matched: found with typos, or reported as unmatched. */
export function findUnknown(
  prompt: PromptText,
  triggers: readonly Trigger[],
  accepted: readonly TitleSpan[],
  lexicon: Lexicon,
): { found: TitleSpan[]; unmatched: UnknownName[] } {
  const found: TitleSpan[] = [];
  const unmatched: UnknownName[] = [];
  const spans: { from: number; to: number }[] = [...accepted];
  for (let at = 0; at < prompt.words.length; at++) {
    const inside = spans.find((span) => at >= span.from && at < span.to);
    if (inside) {
      at = inside.to - 1;
      continue;
    }
    const rule = ruleAt(prompt, triggers, spans, at);
    const short = findShortened(prompt, at, spans, rule?.isDirect === true, lexicon);
    if (short) {
      found.push(short);
      spans.push(short);
      at = short.to - 1;
      continue;
    }
    if (!rule?.isDirect) {
      const beside = nameBeside(prompt, at, spans, lexicon);
      if (!beside) continue;
      const known = findMisspelled(prompt, at, spans, lexicon);
      if (known) {
        found.push(known);
        spans.push(known);
        at = known.to - 1;
        continue;
      }
      unmatched.push(beside);
      spans.push(beside);
      at = beside.to - 1;
      continue;
    }
    const misspelled = findMisspelled(prompt, at, spans, lexicon);
    if (misspelled) {
      found.push(misspelled);
      spans.push(misspelled);
      at = misspelled.to - 1;
      continue;
    }
    const name = nameAt(prompt, at, spans, lexicon);
    if (!name) continue;
    unmatched.push(name);
    spans.push(name);
    at = name.to - 1;
  }
  return { found, unmatched };
}

/** A name that nothing rules but that is rated, "Tenet (2)", or goes on a list of titles. */
function nameBeside(
  prompt: PromptText,
  at: number,
  spans: readonly { from: number; to: number }[],
  lexicon: Lexicon,
): UnknownName | null {
  const name = nameAt(prompt, at, spans, lexicon);
  if (!name) return null;
  const rating = ratingAfter(prompt.text, name.end);
  if (rating) return { ...name, end: name.end + rating.length };
  if (prompt.words[at]!.startsSentence) return name;
  const isListed = spans.some((span) => span.to <= at && isListGap(prompt, span.to, at));
  const isOdd =
    name.to - name.from > 1 || !(lexicon.common.has(prompt.plain[at]!) || isStopWord(prompt.plain[at]!));
  return isListed && isOdd ? name : null;
}

/** One odd word at its beginning, "Shawshank", only of those that nearly all know. */
const FAMOUS = 0.8;

/** "Eternal Sunshine", "Totoro": the beginning of a long name, or the one odd word at its end. */
function findShortened(
  prompt: PromptText,
  at: number,
  spans: readonly { from: number; to: number }[],
  isRuled: boolean,
  lexicon: Lexicon,
): TitleSpan | null {
  const { words, text, plain } = prompt;
  const first = words[at]!;
  if (!prompt.hasTellingCapitals || !first.isCapital || first.quote >= 0) return null;
  const isOdd = (word: string) => word.length > 3 && !lexicon.common.has(word) && !isStopWord(word);
  if (first.startsSentence && !isOdd(first.word)) return null;
  const previous = words[at - 1];
  if (previous?.isCapital && first.before === ' ' && !previous.startsSentence) return null;
  let to = at + 1;
  while (to < words.length && words[to]!.before === ' ' && words[to]!.isCapital && words[to]!.word !== 'i')
    to++;
  if (spans.some((span) => at < span.to && to > span.from)) return null;
  const run = plain.slice(at, to);
  const name = run.join(' ');
  if (!run.some(isOdd) && !(isRuled && run.length > 1)) return null;
  if (run.length === 1 && name.length < 6) return null;
  const said = text.slice(first.start, words[to - 1]!.end);
  if (isKnownThing(said, lexicon)) return null;
  // "Psycho killers" is no name; "Totoro is my comfort film" is.
  const isJudged =
    isRuled || trailingRating(words, to) !== null || ratingAfter(text, words[to - 1]!.end) !== null;
  if (run.length === 1 && !isJudged) return null;
  const beginning = lexicon.shortNames.beginningWith(name);
  const isLong = run.length > 1 || (name.length > 6 && (beginning?.fame ?? 0) >= FAMOUS);
  const movieId = ((isLong ? beginning : null) ?? (run.length === 1 ? lexicon.shortNames.endingWith(name) : null))?.key; // prettier-ignore
  if (movieId === undefined) return null;
  return {
    from: at, to, nameWords: run.length, start: first.start, end: words[to - 1]!.end, said, movieId, confidence: 0.75,
    isQuoted: false, hasYear: false, capitals: 'strong', contentWords: run.length, isOrdinary: false,
  }; // prettier-ignore
}

const LONGEST_GUESS_WORDS = 7;

/** The longest run of words from `at` that is a title but for typos. */
function findMisspelled(
  prompt: PromptText,
  at: number,
  spans: readonly { from: number; to: number }[],
  lexicon: Lexicon,
): TitleSpan | null {
  const { words, text } = prompt;
  if (
    !words[at]!.isCapital &&
    /^(?:and|but|or|so|yet|for|with|about|because|when|where|while)$/.test(words[at]!.word)
  )
    return null;
  let to = at + 1;
  while (
    to < words.length &&
    to - at < LONGEST_GUESS_WORDS &&
    !/[,;\n"“”()]/.test(words[to]!.before) &&
    !breaksSentence(words[to]!) &&
    spans.every((span) => to < span.from || to >= span.to)
  )
    to++;
  for (; to > at; to--) {
    const run = words.slice(at, to);
    if (isStopWord(run.at(-1)!.word) || (run.length === 1 && isStopWord(run[0]!.word))) continue;
    const said = text.slice(run[0]!.start, run.at(-1)!.end);
    const letters = run.reduce((sum, { word }) => sum + word.length, 0);
    const content = run.filter(({ word }) => !isStopWord(word));
    const isNamed =
      (prompt.hasTellingCapitals &&
        content.every(({ isCapital, startsSentence }) => isCapital && !startsSentence)) ||
      run[0]!.quote >= 0;
    if (isNamed && !isWholeName(words, at, to)) continue;
    // Lower case may be plain words: only a long name, nearly right, with a word nobody uses, is a typo of a title.
    const isOdd = content.some(
      ({ word }) => !lexicon.spelled.has(word) && !lexicon.tags.find(word) && word.length > 4,
    );
    if (!isNamed && (letters < 8 || !isOdd)) continue;
    const match = lexicon.titles.find(said);
    if (
      !match ||
      match.confidence >= 0.95 ||
      match.confidence === 0.75 ||
      match.confidence < (isNamed ? 0.7 : 0.8)
    )
      continue;
    if (lexicon.people.find(said)) continue;
    // A typo of a title nobody knows is likelier a word.
    if (run[0]!.quote < 0 && lexicon.titles.fameOf(match.key) < (isNamed ? 0.3 : 0.45)) continue;
    return {
      from: at, to, nameWords: to - at, start: run[0]!.start, end: run.at(-1)!.end, said, movieId: match.key, confidence: match.confidence,
      isQuoted: false, hasYear: false, capitals: isNamed ? 'strong' : 'none', contentWords: content.length, isOrdinary: false,
    }; // prettier-ignore
  }
  return null;
}

/** All that stands in the quotes, or up to the last of a run of capitals. */
function isWholeName(words: PromptText['words'], at: number, to: number): boolean {
  const quote = words[at]!.quote;
  const next = words[to];
  if (quote >= 0) return words[at - 1]?.quote !== quote && next?.quote !== quote;
  return !(next?.isCapital === true && next.before === ' ' && !/^(?:i|im|ive|id)$/.test(next.word));
}

/** A quoted passage, or a run of capitals, that is no person, place, genre or tag. */
function nameAt(
  prompt: PromptText,
  at: number,
  spans: readonly { from: number; to: number }[],
  lexicon: Lexicon,
): UnknownName | null {
  const { words, text } = prompt;
  const first = words[at]!;
  let to = at;
  if (first.quote >= 0) while (to < words.length && words[to]!.quote === first.quote) to++;
  else {
    if (
      !prompt.hasTellingCapitals ||
      !first.isCapital ||
      (first.startsSentence && !isJudgedName(prompt, at)) ||
      /^(?:i|im|ive|id)$/.test(first.word)
    )
      return null;
    to = at + 1;
    while (
      to < words.length &&
      /^[ :'’&-]{1,3}$/.test(words[to]!.before) &&
      ((words[to]!.isCapital && !(/-/.test(words[to]!.before) && /^\d/.test(words[to]!.word))) ||
        isInsideName(prompt, to))
    )
      to++;
    if (first.word.length < 2 || /^\d+$/.test(first.word)) return null;
  }
  if (spans.some((span) => at < span.to && to > span.from)) return null;
  const said = text.slice(first.start, words[to - 1]!.end);
  // A rating beside it makes a title of what is also a first name.
  if (first.quote < 0 && isKnownThing(said, lexicon) && !ratingAfter(text, words[to - 1]!.end)) return null;
  return { said, from: at, to, start: first.start, end: words[to - 1]!.end };
}

/** "The Meg was trash": a sentence about a name; or a line of a list, "Noah - 3/10". */
function isJudgedName({ words, text }: PromptText, at: number): boolean {
  let to = at + 1;
  while (to < words.length && words[to]!.before === ' ' && words[to]!.isCapital) to++;
  const isName = to - at > 1 && isStopWord(words[at]!.word) && words[at]!.word === 'the';
  if (isName && trailingRating(words, to) !== null) return true;
  return /\n/.test(words[at]!.before) && ratingAfter(text, words[to - 1]!.end) !== null;
}

/** A small word between two capitals: "Lord *of the* Rings". */
function isInsideName({ words }: PromptText, at: number): boolean {
  if (
    !isStopWord(words[at]!.word) ||
    words[at]!.word === 'and' ||
    words[at]!.word === 'or' ||
    words[at]!.word === 'but'
  )
    return false;
  const next = words[at + 1];
  const afterNext = words[at + 2];
  const isName = (word: typeof next) =>
    word?.isCapital === true && /^ $/.test(word.before) && word.word !== 'i';
  return (
    isName(next) ||
    (next !== undefined && isStopWord(next.word) && /^ $/.test(next.before) && isName(afterNext))
  );
}

function isKnownThing(said: string, lexicon: Lexicon): boolean {
  const { people, tags, genres, countries, languages, providers } = lexicon;
  if ([people, tags, genres, countries, languages, providers].some((index) => index.find(said) !== null))
    return true;
  if (!/\s/.test(said) && lexicon.surnames.isNamePart(said)) return true;
  // "Korean movies", "French cinema": an adjective, not a name.
  return /^(?:soviet|ussr|latin|african|arab|israeli|dutch|belgian|swiss|austrian|australian|canadian|argentin|chilean|czech|greek|hungarian|romanian|portuguese|thai|vietnamese|filipino|indonesian|taiwanese|american|british|french|german|italian|spanish|korean|japanese|chinese|indian|russian|polish|swedish|danish|norwegian|iranian|turkish|mexican|brazilian|european|asian|hollywood|bollywood|english|irish|scandinavian|nordic|christmas|halloween|disney|marvel|dc|pixar|ghibli|netflix|hitchcock|nazi|victorian|sci|tv|hbo|oscar)/i.test(
    said,
  );
}
