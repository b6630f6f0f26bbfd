import { tokenize } from './tokenize.ts';

/** "no zombies", "without gore or torture", "not too long": words that would find just what is unwanted. */
const REFUSED =
  // eslint-disable-next-line security/detect-unsafe-regex -- linear: a space or bar stands between all repetitions
  /\b(?:no|not|without|nothing|never|non|less|don['’]?t want|avoid|anything but)\s+(?:(?:any|too|so|very|really|much|more|a|an|the|of|in)\s+)*[\p{L}\p{N}'’-]+(?:\s*(?:\/|\b(?:or|nor)\b)\s*(?:too\s+|any\s+)?[\p{L}\p{N}'’-]+)*/giu;

/** The text without what was refused in it. */
export const withoutRefused = (text: string): string => text.replace(REFUSED, ' ');

/** What is left of the score of a title whose tags, genres or keywords name what was refused. */
export const REFUSED_SHARE = 0.2;

/** Words of labels that say nothing of their own. */
const PLAIN_WORDS = tokenize('animated animation feature films movies studio series original production');

/** What a text asks for, and what it refuses. */
export interface Refusal {
  /** The text without what was refused in it. */
  wanted: string;
  /** The words that were refused and not asked for elsewhere in the same breath. */
  refused: ReadonlySet<string>;
  /** Words that may stand beside those in a label. */
  beside: ReadonlySet<string>;
}

export function readRefusal(text: string): Refusal {
  const wanted = withoutRefused(text);
  const refused = (text.match(REFUSED) ?? []).flatMap((phrase) => tokenize(phrase));
  if (refused.length === 0) return { wanted, refused: new Set(), beside: new Set() };
  const asked = new Set(tokenize(wanted));
  return {
    wanted,
    refused: new Set(refused.filter((token) => !asked.has(token))),
    beside: new Set([...PLAIN_WORDS, ...asked]),
  };
}
