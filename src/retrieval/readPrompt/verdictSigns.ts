import { isPraisedOrBlamed } from './clauseVerdicts.ts';
import { ratingAfter, ratingBefore } from './ratings.ts';
import type { BackReference } from './references.ts';
import { isListGap } from './rules.ts';
import { trailingRating } from './sentiment.ts';
import { FAMOUS, isEnd, type Surroundings } from './surroundings.ts';
import type { TitleSpan } from './titleSpans.ts';
import type { PromptText } from './words.ts';

/** A rating or a verdict said of the name, or of the list it stands in. */
export function hasVerdict(span: TitleSpan, around: Surroundings, fame: number): boolean {
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
export function hasVerdictOfItsOwn(span: TitleSpan, { prompt, references }: Surroundings): boolean {
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
