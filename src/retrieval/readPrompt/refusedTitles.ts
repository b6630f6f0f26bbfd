import type { Lexicon } from './lexicon.ts';
import type { Rule } from './rules.ts';
import type { TitleSpan } from './titleSpans.ts';
import type { PromptText } from './words.ts';

/** Titles that are named to be kept off the list: "a Korean thriller, not Oldboy", "no Star Wars". */

/** Words of opinion that say of a title only that it shall not be shown. */
const KEEPS_OFF = /^(?:not|but not|except|except for|other than|rather than|apart from|aside from)$/u;
const REFUSES = /^(?:not|no|without|skip|avoid)$/;
/** The word before a refusal that begins there: "I have no Titanic at home" refuses nothing. */
const BEGINS_CLAUSE = /^(?:and|but|or|please|so|just)$/;

/** The word that refuses the title at `from` ("no Titanic"); null when none stands right before it. */
export function refusingWord(prompt: PromptText, from: number): PromptText['words'][number] | null {
  const word = prompt.words[from - 1];
  if (!word || !REFUSES.test(word.word) || !/^\s*["'“‘]?$/u.test(prompt.words[from]!.before)) return null;
  const previous = prompt.words[from - 2];
  const isFirst = !previous || /[,.;:!?()\n–—-]/u.test(word.before) || BEGINS_CLAUSE.test(previous.word);
  return isFirst ? word : null;
}

/** Whether the opinion over a title is no more than the wish not to see it. */
export const keepsOff = ({ plain }: PromptText, rule: Rule | null): boolean =>
  rule !== null && KEEPS_OFF.test(plain.slice(rule.trigger.from, rule.trigger.to).join(' '));

/**
 * Every title a refused name may mean, since whoever refuses a name does not want its remake either: all of that very
 * name, and where no title has it alone ("Star Wars"), all whose names begin with it. A year leaves the one.
 * @returns movieIds
 */
export function titlesOfName(prompt: PromptText, span: TitleSpan, lexicon: Lexicon): number[] {
  if (span.hasYear) return [span.movieId];
  const name = prompt.plain.slice(span.from, span.from + span.nameWords).join(' ');
  const namesakes = lexicon.titles.namesakes(name);
  return namesakes.length > 0 ? namesakes : [span.movieId, ...lexicon.shortNames.seriesOf(name)];
}
