import type { TitleTag } from '../domain.ts';

/**
 * People spell one tag in several ways: "sci-fi", "scifi", "sci fi"; "android", "androids". Counts are kept as they were given,
 * and Lite matches exactly the tag that was chosen; where tags of a title are shown or titles compared by them, the
 * spellings are one tag, under the most used of them.
 */
export interface SpelledTag {
  tagId: number;
  name: string;
  /** How often it was applied. */
  uses: number;
}

/** Words whose plural means something else: a comic film is not one after comics. */
const OTHER_PLURALS = new Set(['comics', 'visuals']);
/** A shorter word and one more "s" are as often two words: "gas", "boss". */
const SHORTEST_SINGULAR = 4;

/** For every tag that has a more used spelling, that one. */
export function otherSpellings(tags: readonly SpelledTag[]): ReadonlyMap<number, SpelledTag> {
  const mostUsedFirst = tags.toSorted((a, b) => b.uses - a.uses || a.tagId - b.tagId);
  const keys = new Set(tags.map(({ name }) => lettersOf(name)));
  const leaders = new Map<string, SpelledTag>();
  const others = new Map<number, SpelledTag>();
  for (const tag of mostUsedFirst) {
    const key = singularOf(lettersOf(tag.name), keys);
    const leader = leaders.get(key);
    if (leader) others.set(tag.tagId, leader);
    else leaders.set(key, tag);
  }
  return others;
}

/** The tags of one title, each once: counts of all its spellings added up, the highest relevance. Order of first mention. */
export function joinSpellings(
  tags: readonly TitleTag[],
  others: ReadonlyMap<number, SpelledTag>,
): TitleTag[] {
  const joined = new Map<number, TitleTag>();
  for (const tag of tags) {
    const { tagId, name } = others.get(tag.tagId) ?? tag;
    const { count, relevance } = joined.get(tagId) ?? { count: 0, relevance: null };
    const highest = tag.relevance === null ? relevance : Math.max(tag.relevance, relevance ?? 0);
    joined.set(tagId, { tagId, name, count: count + tag.count, relevance: highest });
  }
  return [...joined.values()];
}

/** What is left without spaces, hyphens and exclamation marks; a name of nothing else stays as it is. */
const lettersOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '') || name;

function singularOf(letters: string, known: ReadonlySet<string>): string {
  if (!letters.endsWith('s') || OTHER_PLURALS.has(letters)) return letters;
  const singular = letters.slice(0, -1);
  return singular.length >= SHORTEST_SINGULAR && known.has(singular) ? singular : letters;
}
