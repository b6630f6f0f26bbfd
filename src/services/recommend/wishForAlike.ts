import type { Understanding } from '../../domain.ts';
import type { LocalReading } from '../../retrieval/readPrompt.ts';
import type { Library } from '../library.ts';
import { tagStrengthsOf, TagSpace } from '../tagStrengths.ts';

/** With more titles than this a prompt tells a taste, and the recommender reads that better than tags do. */
const MOST_ALIKE = 3;
const TAGS = 4;

/** Tags that praise or blame, or count who has seen it, and say nothing of the kind of film. */
const VERDICT =
  /\b(?:oscar|imdb|afi|overrated|underrated|excellent|masterpiece|great|good|best|bad|boring|predictable|awesome|amazing|perfect|quotable|script|acting|cast|story|movie|pg-13|owned|seen)\b/iu;

/**
 * "Films like Inception" names a kind of film without words for it. When a prompt says nothing else, the tags that set
 * its titles apart (strength × rarity, summed) and the rarest genre they share become its wishes, shown like all others:
 * "alternate reality", "mindfuck", "Science Fiction".
 */
export function wishForAlike({ alike, ...understood }: LocalReading, library: Library): Understanding {
  if (understood.preferences.trim() !== '' || alike.length === 0 || alike.length > MOST_ALIKE)
    return understood;
  const wishes = [...tellingTags(alike, library), ...rarestGenre(alike, library)];
  return { ...understood, preferences: wishes.join(', '), wishes };
}

function tellingTags(movieIds: readonly number[], { catalogue }: Library): string[] {
  const space = TagSpace.of(catalogue);
  const weights = new Map<string, number>();
  for (const movieId of movieIds)
    for (const { tagId, name, strength } of tagStrengthsOf(catalogue, catalogue.rowOf(movieId)!)) {
      if (VERDICT.test(name) || catalogue.peopleIndex.find(name)) continue;
      weights.set(name, (weights.get(name) ?? 0) + strength * space.rarityOf(tagId));
    }
  return [...weights]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .slice(0, TAGS)
    .map(([name]) => name);
}

/** The genre that all the titles have and the fewest others; none when they share none. */
function rarestGenre(movieIds: readonly number[], { catalogue }: Library): string[] {
  const [first, ...others] = movieIds.map((movieId) => catalogue.get(movieId)!.genres);
  const shared = first!.filter((genre) => others.every((genres) => genres.includes(genre)));
  if (shared.length === 0) return [];
  const uses = new Map(shared.map((genre) => [genre, 0]));
  for (const { genres } of catalogue.titles)
    for (const genre of genres) if (uses.has(genre)) uses.set(genre, uses.get(genre)! + 1);
  return [shared.reduce((rarest, genre) => (uses.get(genre)! < uses.get(rarest)! ? genre : rarest))];
}
