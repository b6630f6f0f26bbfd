import type { Lexicon } from './lexicon.ts';
import { isHeaded, isPraisedOrBlamed } from './clauseVerdicts.ts';
import { ratingAfter, ratingBefore } from './ratings.ts';
import type { BackReference } from './references.ts';
import { isListGap, ownerBefore, type Rule } from './rules.ts';
import { isStopWord } from '../tokenize.ts';
import { trailingRating } from './sentiment.ts';
import type { TitleSpan } from './titleSpans.ts';
import { phraseAt } from './phraseTable.ts';
import { VERDICTS } from './verdictPhrases.ts';
import type { PromptText } from './words.ts';

/** All that speaks for or against a name's being meant as a title. */
export interface Surroundings {
  prompt: PromptText;
  /** The opinion that rules the place. */
  rule: Rule | null;
  /** Titles found so far. */
  accepted: readonly TitleSpan[];
  /** Every name of a title in the text. */
  candidates: readonly TitleSpan[];
  references: readonly BackReference[];
  /** Where people are named (`peoplePlaces`). */
  people: readonly { from: number; to: number }[];
  lexicon: Lexicon;
}

/** Below, a title is known to few (`TitleIndex.fameOf`): plain words are likelier than its name. */
const KNOWN = 0.36;
/** Enough for a name that is all a clause says. */
const HEARD_OF = 0.5;
/** From here on a title is what everybody thinks of first. */
const FAMOUS = 0.6;

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

/** A rating or a verdict said of the name, or of the list it stands in. */
function hasVerdict(span: TitleSpan, around: Surroundings, fame: number): boolean {
  const { prompt, candidates } = around;
  const isWritten = span.capitals !== 'none' || isKnownNumber(prompt, span, fame);
  const isTelling = isWritten || !span.isOrdinary || span.nameWords > 2;
  if (
    isTelling &&
    (ratingAfter(prompt.text, span.end) !== null || ratingBefore(prompt.text, span.start) !== null)
  )
    return true;
  if (isWritten && endsInVerdict(prompt, span, candidates)) return true;
  const isPlainName =
    span.confidence >= 0.95 &&
    span.contentWords > 0 &&
    (span.isOrdinary ? span.contentWords > 1 && fame >= FAMOUS : true);
  if ((isWritten || isPlainName) && hasVerdictOfItsOwn(span, around)) return true;
  return (
    span.nameWords > 1 &&
    fame >= FAMOUS &&
    isEnd(prompt, span.from - 1, span.from) &&
    (isReferredTo(span, prompt, around.references) || isTwisted(span, prompt))
  );
}

/** A prompt that is "the office but in space". */
const isTwisted = (span: TitleSpan, { words }: PromptText): boolean =>
  span.from === 0 &&
  words[span.to]?.word === 'but' &&
  /^(?:in|with|set|for|as|on|make|its|less|more|not|funny|funnier|darker|scarier|sadder|lighter|weirder)$/.test(
    words[span.to + 1]?.word ?? '',
  );

/** "The Wire? Seen it." */
const isReferredTo = (span: TitleSpan, prompt: PromptText, references: readonly BackReference[]): boolean =>
  references.some(({ trigger }) => trigger.from === span.to && isEnd(prompt, span.to, span.to));

/** "300": a number has no capitals; it must be the whole name of a title that everybody knows, and no year. */
const isKnownNumber = (prompt: PromptText, span: TitleSpan, fame: number): boolean =>
  span.nameWords === 1 &&
  fame >= FAMOUS &&
  (/^\d{1,3}$/.test(prompt.plain[span.from]!)
    ? span.confidence >= 0.95
    : /^\d{4}$/.test(prompt.plain[span.from]!) &&
      /^(?:is|was) my /.test(prompt.plain.slice(span.to, span.to + 3).join(' ')));

/** At the beginning of a clause, with "was great", "made me cry" or "? Loved it" right after. */
function hasVerdictOfItsOwn(span: TitleSpan, { prompt, references }: Surroundings): boolean {
  if (!isEnd(prompt, span.from - 1, span.from) && !leadsToSubject(prompt, span.from - 1)) return false;
  const next = prompt.words[span.to];
  if (span.nameWords > 1 && next?.before === ' ' && /^(?:energy|vibes?|esque|fans?)$/.test(next.word))
    return true;
  if (trailingRating(prompt.words, span.to) !== null || isReferredTo(span, prompt, references)) return true;
  const isNamed = span.capitals !== 'none' && span.confidence >= 0.95 && span.contentWords > 0;
  return isNamed && isJudged(prompt, span);
}

/** "Snatch was a riot", "Diva I just couldn't get into": a verb follows at once, and praise or blame in the same clause. */
function isJudged(prompt: PromptText, { to }: TitleSpan): boolean {
  const verb = prompt.words[to];
  return verb !== undefined && /^\s$/.test(verb.before) && VERB_AFTER_TITLE.test(verb.word) && isPraisedOrBlamed(prompt, to); // prettier-ignore
}

const VERB_AFTER_TITLE =
  /^(?:is|was|were|are|isnt|wasnt|has|had|gets|got|makes|made|hardly|barely|never|still|really|just|forever|also|felt|feels|left|leaves|put|put|lost|blew|did|didnt|does|doesnt|i|id|ive|im|gave|gives|bored|annoyed|irritated|cracked|cracks|kept|keeps|looked|looks|turned|stole|earned|delivered|works|worked|knocked|charmed|haunted|moved|wrecked|broke|took|cant|could|couldnt|stuck|stays|stayed|remains|did|sits|came|comes|went|fell|falls|amazed|scared|freaked|ruined|wont|will|would|should|can)$/;

/** "I thought *300* was fun", "but *Titanic* bored me". */
const leadsToSubject = ({ words }: PromptText, at: number): boolean =>
  /^(?:thought|think|found|find|but|while|though|because|aber|mais|pero|ma|and|however|although|honestly|imo)$/.test(
    words[at]?.word ?? '',
  );

const LONGEST_LIST = 12;

/** "300, Seven and Milk were great": the list goes on from the name to a verdict. */
function endsInVerdict(prompt: PromptText, span: TitleSpan, candidates: readonly TitleSpan[]): boolean {
  let end = span.to;
  for (let item = 0; item < LONGEST_LIST; item++) {
    if (item > 0 && trailingRating(prompt.words, end) !== null) return true;
    const last = end;
    const next = candidates.find(
      (other) =>
        other.from >= last &&
        other.from - last <= 2 &&
        (other.confidence >= 0.95 || other.nameWords > 1) &&
        isListGap(prompt, last, other.from),
    );
    if (!next) return false;
    end = next.to;
  }
  return false;
}

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

const isEnd = (prompt: PromptText, neighbour: number, gap: number): boolean =>
  prompt.words[neighbour] === undefined || /[,.;:!?\n/&|•*<>+=→()–—-]/.test(prompt.words[gap]!.before);
