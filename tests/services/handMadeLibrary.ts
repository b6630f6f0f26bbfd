import type { Title } from '../../src/domain.ts';
import { buildCatalogueState } from '../../src/services/buildSnapshot.ts';
import { Catalogue } from '../../src/services/catalogue.ts';
import { assembleLibrary, type Library } from '../../src/services/library.ts';
import { modelOfWeights } from '../recommender/smallModel.ts';

const facts = {
  imdbId: null, tmdbId: null, originalTitle: null, otherTitles: [], kind: 'movie', genres: ['Crime'], directors: [],
  cast: [], countries: ['United States'], languages: ['English'], runtimeMinutes: 100, tagline: null, plot: null,
  keywords: [], providers: [], posterPath: null, ratingMean: null, voteCount: 0, isRetired: false,
} satisfies Partial<Title>; // prettier-ignore

type Given = Pick<Title, 'movieId' | 'title' | 'year' | 'ratingCount'> & Partial<Title>;
const title = (given: Given): Title => ({ ...facts, ...given });

export const HEAT = 10;
export const COLLATERAL = 20;
export const HATE = 30;
export const HEATHERS = 40;
export const THIEF = 50;
/** Retired: rated by people, gone from the data. */
export const GONE = 60;
/** The other Heat; the model does not know it. */
export const HEAT_1986 = 70;

const TITLES = [
  title({ movieId: HEAT, title: 'Heat', year: 1995, ratingCount: 900, directors: ['Michael Mann'], cast: ['Al Pacino', 'Robert De Niro'], plot: 'A robber and a detective circle one another in Los Angeles.' }),
  title({ movieId: COLLATERAL, title: 'Collateral', year: 2004, ratingCount: 500, directors: ['Michael Mann'], cast: ['Tom Cruise'], plot: 'A taxi driver takes a killer through the night.' }),
  title({ movieId: HATE, title: 'Hate', originalTitle: 'La Haine', year: 1995, ratingCount: 300, directors: ['Mathieu Kassovitz'], genres: ['Drama'], countries: ['France'] }),
  title({ movieId: HEATHERS, title: 'Heathers', year: 1989, ratingCount: 250, directors: ['Michael Lehmann'], genres: ['Comedy'] }),
  title({ movieId: THIEF, title: 'Thief', year: 1981, ratingCount: 200, directors: ['Michael Mann'] }),
  title({ movieId: GONE, title: 'Heat Wave', year: 1970, ratingCount: 100, directors: ['Michael Mann'], isRetired: true }),
  title({ movieId: HEAT_1986, title: 'Heat', year: 1986, ratingCount: 5, directors: ['Dick Richards'] }),
]; // prettier-ignore

/** Row = the rated title, in the order of the first six above. */
const WEIGHTS = [
  [0, 0.4, 0.1, 0, 0.3, 0.2],
  [0.5, 0, 0.05, 0, 0.2, 0],
  [0.1, 0.1, 0, 0.2, -0.1, 0],
  [0, 0, 0.3, 0, 0, 0],
  [0.2, 0.3, 0, 0, 0, 0],
  [0, 0, 0, 0, 0, 0],
];

const TAGS: [name: string, relevances: [movieId: number, relevance: number][]][] = [
  ['heist', [[HEAT, 0.9], [THIEF, 1], [COLLATERAL, 0.3]]],
  ['neon', [[COLLATERAL, 0.9], [THIEF, 0.5]]],
  ['teen', [[HEATHERS, 1], [HATE, 0.4]]],
  ['night', [[HEAT, 0.5], [COLLATERAL, 0.5], [HATE, 0.5], [THIEF, 0.5], [HEAT_1986, 0.5]]],
]; // prettier-ignore

/** Seven titles whose scores can be worked out by hand. */
export function handMadeLibrary({ isTrained = true } = {}): Library {
  const rows = TAGS.flatMap(([, relevances], at) =>
    relevances.map(([movieId, relevance]) => ({ movieId, tagId: at + 1, relevance })),
  );
  const state = buildCatalogueState({
    titles: TITLES,
    tags: TAGS.map(([name], at) => ({ tagId: at + 1, name })),
    counts: {
      movieIds: Int32Array.from(rows, ({ movieId }) => movieId),
      tagIds: Int32Array.from(rows, ({ tagId }) => tagId),
      counts: Int32Array.from(rows, ({ relevance }) => relevance * 10),
      relevances: Float32Array.from(rows, ({ relevance }) => relevance),
    },
  });
  const active = { catalogueVersion: state.version, modelId: isTrained ? 'hand' : null };
  return assembleLibrary(active, new Catalogue(state), isTrained ? modelOfWeights(WEIGHTS) : null);
}

export const NOBODY = { ratings: [], hidden: [], watchlist: [] };
