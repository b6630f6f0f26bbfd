import { type Genre, GENRES } from '../../src/domain.ts';

/** Names of genres in the data sets, lower case, and the ones of ours they stand for (none: no genre of ours). */
const NAMES: Record<string, Genre[]> = {
  // MovieLens
  children: ['Family'], "children's": ['Family'], musical: ['Music'], 'sci-fi': ['Science Fiction'],
  'film-noir': ['Crime', 'Drama'], imax: [],
  // TMDB
  'tv movie': [], foreign: [], 'action & adventure': ['Action', 'Adventure'], kids: ['Family'],
  'sci-fi & fantasy': ['Science Fiction', 'Fantasy'], 'war & politics': ['War'], soap: ['Drama'], news: ['Documentary'],
  // Wikipedia
  'romantic comedy': ['Romance', 'Comedy'], 'comedy-drama': ['Comedy', 'Drama'], dramedy: ['Comedy', 'Drama'],
  'musical comedy': ['Music', 'Comedy'], 'crime drama': ['Crime', 'Drama'], 'film noir': ['Crime', 'Drama'], noir: ['Crime'],
  'science-fiction': ['Science Fiction'], suspense: ['Thriller'], 'psychological thriller': ['Thriller'],
  biography: ['History', 'Drama'], biographical: ['History', 'Drama'], biopic: ['History', 'Drama'], epic: ['Drama'],
  anime: ['Animation'], animated: ['Animation'], spy: ['Thriller'], supernatural: ['Horror', 'Fantasy'], superhero: ['Action'],
  'martial arts': ['Action'], gangster: ['Crime'], slasher: ['Horror'], zombie: ['Horror'], historical: ['History'],
  romantic: ['Romance'], 'romantic drama': ['Romance', 'Drama'], 'black comedy': ['Comedy'], parody: ['Comedy'], spoof: ['Comedy'],
  'action thriller': ['Action', 'Thriller'], 'action comedy': ['Action', 'Comedy'], 'horror comedy': ['Horror', 'Comedy'],
  'crime thriller': ['Crime', 'Thriller'], 'family drama': ['Drama'], 'war drama': ['War', 'Drama'], 'period drama': ['History', 'Drama'],
  'musical drama': ['Music', 'Drama'], melodrama: ['Drama'], social: ['Drama'], thrillers: ['Thriller'],
  // Streaming catalogues
  dramas: ['Drama'], comedies: ['Comedy'], documentaries: ['Documentary'], documentary: ['Documentary'],
  docuseries: ['Documentary'], 'children & family movies': ['Family'], 'romantic movies': ['Romance'],
  'crime tv shows': ['Crime'], "kids' tv": ['Family'], 'music & musicals': ['Music'], 'horror movies': ['Horror'],
  'stand-up comedy': ['Comedy'], 'stand-up comedy & talk shows': ['Comedy'], 'stand up': ['Comedy'], 'romantic tv shows': ['Romance'],
  'anime series': ['Animation'], 'anime features': ['Animation'], 'tv dramas': ['Drama'], 'tv comedies': ['Comedy'],
  'tv action & adventure': ['Action', 'Adventure'], 'tv mysteries': ['Mystery'], 'tv sci-fi & fantasy': ['Science Fiction', 'Fantasy'],
  'tv horror': ['Horror'], 'tv thrillers': ['Thriller'], 'science & nature tv': ['Documentary'], 'action-adventure': ['Action', 'Adventure'],
  'animals & nature': ['Documentary'], 'adult animation': ['Animation'], cartoons: ['Animation'], sitcom: ['Comedy'],
  'sketch comedy': ['Comedy'], 'spy/espionage': ['Thriller'], 'police/cop': ['Crime'], 'concert film': ['Music'],
  'music videos and concerts': ['Music'], 'military and war': ['War'], 'soap opera / melodrama': ['Drama'],
  'historical documentaries': ['Documentary', 'History'], 'science & technology': ['Documentary'], 'biographical drama': ['History', 'Drama'],
}; // prettier-ignore

const OURS = new Map<string, Genre[]>([
  ...GENRES.map((genre): [string, Genre[]] => [genre.toLowerCase(), [genre]]),
  ...Object.entries(NAMES),
]);

/** Our genres for a data set's names, in our order, each once. Unknown names are handed to `onUnknown`. */
export function canonicalGenres(
  names: readonly string[],
  onUnknown: (name: string) => void = () => {},
): Genre[] {
  const found = new Set<Genre>();
  for (const name of names) {
    const genres = OURS.get(name.trim().toLowerCase());
    if (genres) for (const genre of genres) found.add(genre);
    else if (name.trim() !== '') onUnknown(name.trim());
  }
  return GENRES.filter((genre) => found.has(genre));
}
