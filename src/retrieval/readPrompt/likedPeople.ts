import type { FoundFilter } from './findFilters.ts';
import type { Lexicon } from './lexicon.ts';
import { peopleAt } from './names.ts';

const NAME = String.raw`\p{Lu}[\p{L}.'’-]+(?:\s+\p{Lu}[\p{L}.'’-]+){0,3}`;
const LIKED = new RegExp(
  String.raw`(?<![\p{L}])[Ii]\s+(?:(?:really|also|absolutely|just|always)\s+){0,2}(?:like|love|adore|enjoy|liked|loved)\s+(${NAME}(?:(?:\s*,\s*|\s+(?:and|or|&)\s+)${NAME}){0,4})(?:['’]s?)?(?:\s+(?:films?|movies?|work))?(?=\s*(?:$|[.,;!?\n]))`,
  'gu',
);

/**
 * "I like Tarantino": people somebody likes, as a filter for a prompt that says nothing else. Beside other wishes they are
 * words of the wish, since a liking restricts nothing.
 */
export function findLikedPeople(text: string, lexicon: Lexicon): FoundFilter {
  const people = new Set<string>();
  const taken: FoundFilter['taken'] = [];
  for (const match of text.matchAll(LIKED)) {
    const found = match[1]!.split(/\s*,\s*|\s+(?:and|or|&)\s+/u).map((name) => peopleAt(name, 'by', lexicon));
    if (found.some((person) => person === null)) continue;
    for (const name of found.flatMap((person) => person!.names)) people.add(name);
    taken.push({ start: match.index, end: match.index + match[0].length });
  }
  return { filters: people.size ? { people: [...people] } : {}, taken };
}
