import type { Lexicon } from './lexicon.ts';
import type { BackReference } from './references.ts';
import type { Rule } from './rules.ts';
import type { TitleSpan } from './titleSpans.ts';
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
export const KNOWN = 0.36;
/** Enough for a name that is all a clause says. */
export const HEARD_OF = 0.5;
/** From here on a title is what everybody thinks of first. */
export const FAMOUS = 0.6;

/** Whether a clause ends between two words, or the text does. */
export const isEnd = (prompt: PromptText, neighbour: number, gap: number): boolean =>
  prompt.words[neighbour] === undefined || /[,.;:!?\n/&|•*<>+=→()–—-]/.test(prompt.words[gap]!.before);
