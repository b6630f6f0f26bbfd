/**
 * Sentences that only tell what somebody thought of a title ("Heat was painful to sit through") hold no wish: what is left
 * of them once the title is taken out would only mislead the text match. They are dropped, unless nothing else was said.
 */
interface Span {
  start: number;
  end: number;
}

/** Words that ask: a sentence with one of them is a wish, even when it names a title. */
const ASKS =
  /\b(?:looking|look for|want|wanna|need|mood|recommend|suggest|something|anything|similar|give me|show me|find me|tonight|would like|i['’]d (?:like|love)|craving|fancy|feel like|prefer|hoping|search|more (?:of|like)|but (?:with|without|less|more|not)|for (?:its|the|their)|because)\b/iu;

/**
 * @param blanked the prompt with titles and filters replaced by spaces, character for character
 * @param titles where titles stood
 * @returns the sentences that only tell; empty when no other sentence has a word
 */
export function toldSentences(blanked: string, titles: readonly Span[]): Span[] {
  const sentences = sentencesOf(blanked);
  const isTold = ({ start, end }: Span) =>
    titles.some((title) => title.start < end && title.end > start) && !ASKS.test(blanked.slice(start, end));
  const told = sentences.filter(isTold);
  const hasWish = sentences.some(
    (sentence) => !isTold(sentence) && /\p{L}{3}/u.test(blanked.slice(sentence.start, sentence.end)),
  );
  return hasWish ? told : [];
}

function sentencesOf(text: string): Span[] {
  const sentences: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(/[.!?\n]+(?=\s|$)|$/g)) {
    const end = match.index + match[0].length;
    if (end > start) sentences.push({ start, end });
    start = end;
  }
  return sentences;
}
