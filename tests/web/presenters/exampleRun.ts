import type { Candidate, Profile, Run, Title } from '../../../src/domain.ts';
import type { ChatModelFacts } from '../../../src/llm/chatModel.ts';
import type { ResultsContext } from '../../../src/web/presenters/presentResults.ts';

/** A small finished run to present, and what its page knows around it. */
export const aTitle = (movieId: number, title: string, over: Partial<Title> = {}): Title => ({
  movieId,
  imdbId: `tt000000${movieId}`,
  tmdbId: null,
  title,
  originalTitle: null,
  otherTitles: [],
  year: 1970 + movieId,
  kind: 'movie',
  genres: ['Drama', 'Thriller'],
  directors: ['Ann Example'],
  cast: [],
  countries: ['Norway'],
  languages: [],
  runtimeMinutes: 107,
  tagline: null,
  plot: null,
  keywords: [],
  providers: [],
  posterPath: null,
  ratingCount: 3,
  ratingMean: 4,
  voteCount: 0,
  isRetired: false,
  ...over,
});

export const titles = [
  aTitle(1, 'Alpha'),
  aTitle(2, 'Beta'),
  aTitle(3, 'Gamma'),
  aTitle(4, 'Loved'),
  aTitle(5, 'Hated'),
];

/** Alpha leads by words, Beta by taste, Gamma is in nobody's favour. */
export const candidates: Candidate[] = [
  {
    movieId: 1,
    popularity: 3,
    cf: { score: 0.2, raw: 0.1, because: [{ movieId: 4, weight: 0.2, share: 0.8 }, { movieId: 5, weight: -0.05, share: -0.2 }] }, // prettier-ignore
    fit: { score: 0.9, by: 'llm', reason: 'One room, one night.' },
  },
  {
    movieId: 2,
    popularity: 2,
    cf: { score: 0.9, raw: 0.4, because: [{ movieId: 5, weight: 0.4, share: 1 }] },
    fit: { score: 0.3, by: 'text', matched: ['slow burn', 'night'] },
  },
  { movieId: 3, popularity: 1, cf: { score: 0.05, raw: 0, because: [] }, fit: { score: 0.05, by: 'text' } },
];

export function aRun(over: Partial<Run> = {}): Run {
  return structuredClone({
    runId: 'run-1',
    page: 'recommendations',
    state: 'done',
    createdAt: '2026-01-01T00:00:00.000Z',
    userId: null,
    visitorId: 'visitor',
    isShared: false,
    request: {
      prompt: 'I loved Loved, hated Hated; slow burn',
      importance: 50,
      ratings: [],
      tags: [],
      chatModel: 'llama',
      usePastRatings: false,
      k: 2,
      filters: {},
      popularity: 0.1,
      diversity: 0,
      blend: 'linear',
      tagMatch: 'smoothed',
    },
    understood: {
      opinions: [
        { movieId: 4, rating: 4.5, said: 'Loved' },
        { movieId: 5, rating: 1, said: 'Hated' },
      ],
      preferences: 'slow burn',
      wishes: ['slow burn'],
      filters: { languages: ['French'], yearTo: 1979 },
      unmatched: [{ said: 'Alfa', suggestions: [1] }],
    },
    scoring: { fit: 'llm', taste: 'cf', blend: 'linear', importance: 50, chatModel: 'llama' },
    candidates,
    usage: { calls: 4, cachedCalls: 0, promptTokens: 1500, completionTokens: 440, costUsd: 0.004, ms: 2100 },
    ...over,
  });
}

export const llama: ChatModelFacts = {
  id: 'llama',
  label: 'Llama 3.1 8B',
  provider: 'openai',
  model: 'llama3.1:8b',
  json: 'schema',
  style: 'standard',
  price: null,
  concurrency: 4,
  timeoutMs: 20_000,
  isLocal: true,
  isRecommended: true,
};

export const emptyProfile: Profile = { ratings: [], hidden: [], watchlist: [] };

export const aContext = (over: Partial<ResultsContext> = {}): ResultsContext => ({
  chatModels: [llama],
  isSignedIn: false,
  ratingsKnown: 0,
  titleOf: (movieId) => titles.find((title) => title.movieId === movieId),
  profile: emptyProfile,
  posterVariants: (shown) => shown.map(() => 0),
  isOwner: true,
  publicUrl: 'https://films.example',
  ...over,
});
