import { PALETTES, type Mood } from './palettes.ts';
import { seededRandom } from './random.ts';
import type { Palette, PosterSubject } from './types.ts';

/** Moods a genre may take, with its weight: the rarer genre rules. */
const BY_GENRE: Readonly<Record<string, { weight: number; moods: readonly Mood[] }>> = {
  Horror: { weight: 1, moods: ['blood', 'blood', 'night', 'noir'] },
  Western: { weight: 1, moods: ['dust', 'dust', 'earth', 'warm'] },
  War: { weight: 0.8, moods: ['earth', 'noir', 'dust', 'forest', 'cold'] },
  'Science Fiction': { weight: 0.8, moods: ['night', 'neon', 'cold', 'paper'] },
  'Sci-Fi': { weight: 0.8, moods: ['night', 'neon', 'cold', 'paper'] },
  Animation: { weight: 0.8, moods: ['candy', 'candy', 'pastel', 'forest'] },
  Children: { weight: 0.7, moods: ['candy', 'pastel'] },
  Family: { weight: 0.6, moods: ['candy', 'warm', 'pastel', 'forest'] },
  Music: { weight: 0.7, moods: ['neon', 'warm', 'candy', 'paper'] },
  Musical: { weight: 0.7, moods: ['candy', 'warm', 'neon'] },
  Romance: { weight: 0.6, moods: ['pastel', 'warm', 'pastel', 'blood'] },
  Documentary: { weight: 0.6, moods: ['paper', 'earth', 'cold', 'paper'] },
  Mystery: { weight: 0.6, moods: ['night', 'noir', 'forest', 'paper'] },
  Crime: { weight: 0.6, moods: ['noir', 'noir', 'blood', 'paper'] },
  'Film-Noir': { weight: 1, moods: ['noir'] },
  Fantasy: { weight: 0.6, moods: ['forest', 'night', 'candy', 'pastel'] },
  History: { weight: 0.5, moods: ['earth', 'dust', 'paper', 'warm'] },
  Thriller: { weight: 0.5, moods: ['noir', 'cold', 'night', 'blood'] },
  Adventure: { weight: 0.45, moods: ['warm', 'forest', 'candy', 'cold', 'dust'] },
  Action: { weight: 0.45, moods: ['noir', 'neon', 'paper', 'warm'] },
  Comedy: { weight: 0.4, moods: ['warm', 'candy', 'paper', 'pastel'] },
  Drama: { weight: 0.3, moods: ['paper', 'earth', 'cold', 'warm', 'forest', 'noir'] },
};

const BY_TAG: Readonly<Record<string, Mood>> = {
  'film noir': 'noir', 'neo-noir': 'noir', 'black and white': 'noir', bleak: 'cold', snow: 'cold', winter: 'cold', antarctica: 'cold', desert: 'dust',
  africa: 'dust', 'spaghetti western': 'dust', mexico: 'dust', vampires: 'blood', 'serial killer': 'blood', gory: 'blood', colourful: 'candy', whimsical: 'pastel',
  'wes anderson': 'pastel', nocturnal: 'night', cyberpunk: 'neon', '1980s': 'neon', tokyo: 'neon', jungle: 'forest', wilderness: 'forest', nature: 'forest', ocean: 'cold',
  underwater: 'cold', space: 'night', christmas: 'forest', melancholy: 'earth', meditative: 'earth', fascism: 'paper', communism: 'paper', 'feel-good': 'warm', food: 'warm',
}; // prettier-ignore

const ANY: readonly Mood[] = ['paper', 'warm', 'cold', 'earth'];

/** The palette of a title: a mood that its tags or its genres speak for, one of the mood's palettes by the id's seed. */
export function chooseColours(subject: Pick<PosterSubject, 'movieId' | 'genres' | 'tags'>): Palette {
  const random = seededRandom(subject.movieId, 'colours');
  const choices: { mood: Mood; weight: number }[] = [];
  for (const { name, relevance } of subject.tags) {
    const mood = BY_TAG[name.toLowerCase()];
    if (mood) choices.push({ mood, weight: 0.8 * Math.min(1, relevance) * random.between(0.4, 1) });
  }
  for (const genre of subject.genres) {
    const entry = BY_GENRE[genre];
    if (entry)
      choices.push({ mood: random.pick(entry.moods), weight: entry.weight * random.between(0.4, 1) });
  }
  choices.sort((a, b) => b.weight - a.weight);
  return random.pick(PALETTES[choices[0]?.mood ?? random.pick(ANY)]);
}
