import { hasBreak, isListGap } from './rules.ts';
import { endsClause, type Trigger } from './sentiment.ts';
import { breaksSentence, type PromptText } from './words.ts';

/** An opinion of something named before it: "we watched Coco and everybody *loved it*". */
export interface BackReference {
  trigger: Trigger;
  rating: number;
  /** The word after the last. */
  to: number;
  /** "both", "them": all titles of the list before it. */
  isOfMany: boolean;
}

const PRONOUNS = /^(?:it|them|both|these|those|that|this|all|every|each)$/;
const FURTHER = /^(?:it|them|both|one|of|these|those|minute|second|bit|movie|film|show)$/;
const AFTER_PRONOUN = /^(?:so|too|though|very|a|as|already|also|when|because|since|back|for)$/;
const FARTHEST_WORDS = 9;

/** Opinions whose object is a pronoun at the end of a clause. */
export function findBackReferences(prompt: PromptText, triggers: readonly Trigger[]): BackReference[] {
  const { words } = prompt;
  return triggers.flatMap((trigger) => {
    const first = words[trigger.to];
    if (trigger.isComparison || !first || !PRONOUNS.test(first.word) || first.quote >= 0) return [];
    // "Hated It." may name the title.
    if (first.isCapital && prompt.hasTellingCapitals) return [];
    if (/[.!?;,:\n]/.test(first.before)) return [];
    let to = trigger.to + 1;
    while (to < words.length && FURTHER.test(words[to]!.word) && words[to]!.before === ' ') to++;
    if (!endsClause(words[to]) && !AFTER_PRONOUN.test(words[to]!.word)) return [];
    return [
      { trigger, rating: trigger.rating, to, isOfMany: /^(?:them|both|these|those|all)$/.test(first.word) },
    ];
  });
}

/** The title, by its index in `spans`, that a reference speaks of; −1 when none is near. */
export function referent(
  prompt: PromptText,
  reference: BackReference,
  spans: readonly { from: number; to: number }[],
): number {
  const { from } = reference.trigger;
  const at = spans.findLastIndex((span) => span.to <= from);
  if (at < 0 || from - spans[at]!.to > FARTHEST_WORDS) return -1;
  const start = spans[at]!.to;
  if (start === from || !hasBreak(prompt, start - 1, from, [])) return at;
  // "The Wire? Seen it." "Big! We love that one."
  const lead = prompt.words.slice(start, from + 1);
  return lead.length <= 3 && lead.slice(1).every((word) => !breaksSentence(word)) ? at : -1;
}

/** Where the list of titles begins that ends with `at`. */
export function listStart(
  prompt: PromptText,
  spans: readonly { from: number; to: number }[],
  at: number,
): number {
  let first = at;
  while (first > 0 && isListGap(prompt, spans[first - 1]!.to, spans[first]!.from)) first--;
  return first;
}
