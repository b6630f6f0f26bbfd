import { isHeaded } from './clauseVerdicts.ts';
import type { Lexicon } from './lexicon.ts';
import { isListGap, ownerBefore } from './rules.ts';
import { isStopWord } from '../tokenize.ts';
import { FAMOUS, HEARD_OF, isEnd, KNOWN, type Surroundings } from './surroundings.ts';
import type { TitleSpan } from './titleSpans.ts';
import { phraseAt } from './phraseTable.ts';
import { hasVerdict, hasVerdictOfItsOwn } from './verdictSigns.ts';
import { VERDICTS } from './verdictPhrases.ts';
import type { PromptText } from './words.ts';

/** Sentence subjects: "It was fun" speaks of no title. */
const PRONOUN =
  /^(?:it|this|that|these|those|he|she|they|we|you|i|one|some|most|all|both|none|nothing|everything|other|others|who|what|there|here|mine|no|yes)$/;
const PAST_OPINION =
  /^(?:loved|liked|enjoyed|hated|adored|loathed|despised|disliked|rewatched|watched|seen|saw|finished|binged)$/;

export function isMeant(span: TitleSpan, around: Surroundings): boolean {
  const { prompt, rule, accepted, lexicon } = around;
  if (span.isQuoted || (span.hasYear && isDated(span, around))) return true;
  if (isPartOfName(span, around)) return false;
  const words = span.nameWords;
  // "Toy Story? Flawless."
  if (words === 1 && /\?\s$/.test(prompt.words[span.from]!.before) && phraseAt(VERDICTS, prompt.words, span.from)) return false; // prettier-ignore
  const isWhole = span.confidence >= 0.95;
  const fame = lexicon.titles.fameOf(span.movieId);
  const isPronoun = words === 1 && PRONOUN.test(prompt.plain[span.from]!);
  const isListed = isInList(prompt, span, accepted);
  const isDirect = rule?.isDirect === true || isHeaded(prompt, span);
  // A person is no part of a title: "Woody Allen" in "Woody Allen: A Documentary".
  if (!isWhole && words > 1 && lexicon.people.find(span.said)) return false;
  if (words === 1 && fame < FAMOUS && isSurname(span, lexicon)) return false;
  const spoken = prompt.plain.slice(span.from, span.to).join(' ');
  if (EVERYDAY.test(spoken) && (span.capitals !== 'strong' || /^U[SK]$/.test(span.said))) return false;
  if (fame < KNOWN && span.capitals !== 'strong') {
    // Plain words beat a title nobody knows: only a whole name of some length, said with an opinion, stands.
    const isNamed = isWhole && span.contentWords >= 2 && !span.isOrdinary;
    if (!isNamed || !(isDirect || isListed || hasVerdictOfItsOwn(span, around))) return false;
  }
  if (words === 1 && /^I['’]/i.test(span.said)) return false;
  if (isOwned(prompt, span) && isWhole && fame >= KNOWN) return true;
  if (!(isPronoun && span.capitals !== 'strong') && hasVerdict(span, around, fame)) return true;
  if (span.capitals === 'strong') {
    if (isDirect || isListed) return isWhole || words > 1 || !span.isOrdinary;
    if (span.isOrdinary && words === 1) return false;
    if (rule === null && isPlaceOrTopic(prompt, span)) return false;
    return isWhole ? words > 1 || rule !== null || !span.isOrdinary : words > 1;
  }
  if (span.capitals === 'weak' && (isListed || (isAlone(prompt, span) && !span.isOrdinary)))
    return isWhole || words > 1;
  // "like Fargo or True Detective, dark and snowy": among names in capitals a plain word is a wish.
  if (prompt.hasTellingCapitals && span.isOrdinary && words === 1 && isListed) return false;
  if (isListed && (isDirect || !span.isOrdinary))
    return (isWhole && span.contentWords > 0) || span.contentWords > 1;
  // "arrival, ex machina, primer": two known titles make the third.
  if (isListed && isWhole && span.contentWords > 0 && fame >= KNOWN && isAlone(prompt, span))
    return (
      (span.contentWords > 1 && !isGeneric(prompt, span, lexicon)) ||
      (fame >= FAMOUS &&
        /[&+]/.test(prompt.words[span.from]!.before + (prompt.words[span.to]?.before ?? ''))) ||
      accepted.filter((other) => Math.abs(other.from - span.from) < 12).length >= 2
    );
  if (isLikened(span, around, fame)) return true;
  if (isDirect) {
    if (span.contentWords >= 2)
      return isWhole ? !isGeneric(prompt, span, lexicon) : !span.isOrdinary || words > 2;
    if (words >= 3 && span.contentWords >= 1) return isWhole;
    if (span.contentWords !== 1 || !isWhole) return false;
    return !span.isOrdinary || (fame >= FAMOUS && isSoleObject(span, around));
  }
  if (isAlone(prompt, span) && isWhole && !span.isOrdinary && span.contentWords >= 1) return fame >= HEARD_OF;
  if (words >= 4 && span.contentWords > 1 && isWhole && fame >= FAMOUS && isSentence(prompt, span))
    return true;
  return isWhole && span.contentWords >= 3 && !span.isOrdinary;
}

/** A year beside a name tells; "after 2015" does not. */
const isDated = (span: TitleSpan, { rule, lexicon }: Surroundings): boolean =>
  span.said.endsWith(')') ||
  span.said.endsWith(']') ||
  span.capitals === 'strong' ||
  (span.contentWords > 0 && (rule?.isDirect === true || lexicon.titles.fameOf(span.movieId) >= KNOWN));

/** What people say all the time and no title: "watched it last night". */
const EVERYDAY =
  /^(?:us|uk|(?:last|date|every|movie|one|saturday|friday|sunday) night|(?:last|this|next|first|long|good|some|hard|all the) (?:time|week|year|day|summer|winter|weekend)|(?:one|some|every|the other|any) day|the (?:end|ending|rest|others?|first|second|third|original|sequels?|kids|movies?|films?|show|book|story|cast|acting|plot|music|room|one|last one|best|worst)|good (?:one|ones|stuff)|my (?:wife|husband|mother|father|son|daughter|girl|friends?|kids))$/;

/** A long name with nothing before it and no noun after it: "its a wonderful life every december". */
function isSentence(prompt: PromptText, span: TitleSpan): boolean {
  const next = prompt.words[span.to];
  return (
    !/^in the mood/.test(prompt.plain.slice(span.from, span.to).join(' ')) &&
    isEnd(prompt, span.from - 1, span.from) &&
    (isEnd(prompt, span.to, span.to) || isStopWord(next!.word) || next!.word === 'every')
  );
}

/** "loved heat." in a text without capitals: all the opinion is about is the name. */
function isSoleObject(span: TitleSpan, { prompt, references }: Surroundings): boolean {
  const verb = prompt.words[span.from - 1];
  return (
    !prompt.hasTellingCapitals &&
    verb !== undefined &&
    (prompt.words[span.from]!.before.includes(':') ||
      (PAST_OPINION.test(verb.word) && prompt.words[span.from]!.before === ' ')) &&
    (isEnd(prompt, span.to, span.to) ||
      references.some(({ trigger }) => trigger.from - span.to <= 1 && trigger.from >= span.to))
  );
}

/** "films like 1917", "something similar to heat": all that is compared with is a name that everybody knows. */
function isLikened(span: TitleSpan, { prompt, rule }: Surroundings, fame: number): boolean {
  if (rule?.isDirect !== true || !rule.trigger.isComparison || rule.trigger.to !== span.from) return false;
  if (span.confidence < 0.95 || !isEnd(prompt, span.to, span.to)) return false;
  const isNumber = /^\d+$/.test(prompt.plain[span.from]!) && span.nameWords === 1;
  const isPlainWord = span.nameWords === 1 && prompt.words[rule.trigger.from]!.word === 'like';
  const isOfFilms = OF_FILMS.test(prompt.plain[rule.trigger.from - 1] ?? '');
  if (isNumber) return fame >= KNOWN;
  const isPronoun = /^(?:them|him|her|me|us)$/.test(span.said) || PRONOUN.test(prompt.plain[span.from]!);
  return fame >= FAMOUS && !isPronoun && (isOfFilms || !isPlainWord);
}

/** "films *like*": what follows is no manner of doing something. */
const OF_FILMS = /^(?:movies?|films?|flicks?|shows?|series|something|anything|stuff|more|titles?|ones?)$/;

/** "my favourite Hitchcock": the person is better known than the film about him. */
const isSurname = ({ said }: TitleSpan, { surnames }: Lexicon): boolean =>
  (surnames.bearersOf(said)[0]?.fame ?? 0) >= HEARD_OF;

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

/** "Tarkovsky's Stalker", "Disney's Tarzan": whose it is says that it is a title. */
const isOwned = (prompt: PromptText, { from, capitals }: TitleSpan): boolean =>
  capitals !== 'none' && ownerBefore(prompt, from) !== null;

/** Inside a longer run of capitals, or a person's name: "Ray" in "Ray Liotta". */
function isPartOfName(span: TitleSpan, { prompt, people, lexicon }: Surroundings): boolean {
  const { words } = prompt;
  const isLonger = ({ from, to }: { from: number; to: number }) =>
    from <= span.from && to >= span.to && to - from > span.to - span.from;
  if (people.some((person) => isLonger(person))) return true;
  const next = words[span.to];
  const previous = words[span.from - 1];
  if (span.capitals === 'none' || span.to - span.from > 1 || isOwned(prompt, span)) return false;
  if (isNameWord(next) && next!.before === ' ') return true;
  return (
    isNameWord(previous) &&
    words[span.from]!.before === ' ' &&
    // "Eternal Sunshine": a sentence's first word may be one of the name, if nobody begins a sentence with it.
    (!previous!.startsSentence ||
      !(lexicon.common.has(previous!.word) || isStopWord(previous!.word) || isOpinion(previous!.word)))
  );
}

const isOpinion = (word: string): boolean =>
  /(?:ed|ing)$/.test(word) ||
  /^(?:love|loves|like|likes|hate|hates|adore|adores|despise|enjoy|saw|seen|suggest|recommend|favou?rites?|finished|binged)$/.test(
    word,
  );

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

/** The span is all its clause says, but for "too". */
function isAlone(prompt: PromptText, span: TitleSpan): boolean {
  return (
    isEnd(prompt, span.from - 1, span.from) &&
    isEnd(prompt, afterToo(prompt, span.to), afterToo(prompt, span.to))
  );
}

const afterToo = ({ words }: PromptText, at: number): number =>
  /^(?:too|also|again)$/.test(words[at]?.word ?? '') && words[at]!.before === ' ' ? at + 1 : at;
