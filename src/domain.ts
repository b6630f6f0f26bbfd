/**
 * The words of the product as types: what a title, a rating, a request and a list are. Types only, so that every
 * layer may use them. `movieId` is the MovieLens item id (own ids from 1,000,000); `row` is the place of a title in
 * the in-memory catalogue; `index` is a row of the EASE matrix. The three are never mixed.
 */

export type Kind = 'movie' | 'tv';

/** The canonical genre names. Data sets with other names are mapped onto these when they are loaded. */
export const GENRES = [
  'Action', 'Adventure', 'Animation', 'Comedy', 'Crime', 'Documentary', 'Drama', 'Family', 'Fantasy', 'History',
  'Horror', 'Music', 'Mystery', 'Romance', 'Science Fiction', 'Thriller', 'War', 'Western',
] as const; // prettier-ignore
export type Genre = (typeof GENRES)[number];

export interface Title {
  movieId: number;
  /** `tt` and at least seven digits. */
  imdbId: string | null;
  tmdbId: number | null;
  /** In natural order, without the year. */
  title: string;
  originalTitle: string | null;
  /** "Also known as" names. */
  otherTitles: string[];
  year: number;
  kind: Kind;
  genres: string[];
  /** Directors of a movie, creators of a show. */
  directors: string[];
  cast: string[];
  countries: string[];
  languages: string[];
  runtimeMinutes: number | null;
  tagline: string | null;
  plot: string | null;
  keywords: string[];
  /** Where it streams. */
  providers: string[];
  /** TMDB's `/abc.jpg`, when known. */
  posterPath: string | null;
  /** Ratings in the training set. */
  ratingCount: number;
  /** Mean of those ratings, 0.5–5, null without any. */
  ratingMean: number | null;
  /** Votes elsewhere (TMDB), 0 when unknown. */
  voteCount: number;
  /** Gone from the data set but rated by people: found by its address, never recommended. */
  isRetired: boolean;
}

/** One tag of one title. */
export interface TitleTag {
  tagId: number;
  name: string;
  /** How many people applied it. */
  count: number;
  /** 0–1 where the data has it. */
  relevance: number | null;
}

export interface Rating {
  movieId: number;
  /** 0.5–5 by halves. */
  rating: number;
}

/** Everything a person has told us about titles; what is kept in SQL for an account, in a cookie for a visitor. */
export interface Profile {
  ratings: Rating[];
  hidden: number[];
  watchlist: number[];
}

/** A missing fact fails a filter that includes and passes one that excludes. */
export interface Filters {
  genres?: string[];
  excludeGenres?: string[];
  yearFrom?: number;
  yearTo?: number;
  kinds?: Kind[];
  providers?: string[];
  countries?: string[];
  excludeCountries?: string[];
  languages?: string[];
  excludeLanguages?: string[];
  /** Actors, directors or creators, by name. */
  people?: string[];
  excludePeople?: string[];
}

/** A title and rating found in a prompt, or given by hand. */
export interface Opinion {
  movieId: number;
  rating: number;
  /** The words that named the title in the prompt. */
  said: string;
}

/** Something that was said and could not be found, with what it might have been. */
export interface Unmatched {
  said: string;
  /** movieIds, best first. */
  suggestions: number[];
}

/** What a prompt says, once its titles are resolved to the catalogue. */
export interface Understanding {
  opinions: Opinion[];
  /** The rest of the prompt as words, without titles and without what became a filter. */
  preferences: string;
  /** The preferences cut into short phrases, for chips: "claustrophobic", "slow burn". */
  wishes: string[];
  filters: Filters;
  unmatched: Unmatched[];
  /** movieIds of every title of a name that was refused ("not Oldboy"): kept off the list. */
  refusedTitles?: number[];
}

export interface WantedTag {
  tagId?: number;
  name?: string;
  /** −1 (unwanted) to 1. */
  weight: number;
}

export type BlendKind = 'linear' | 'geometric';
export type TagMatchKind = 'smoothed' | 'classic';

/** One request for a list, after validation. `prompt` and `chatModel` stay away from Lite. */
export interface RecommendationRequest {
  prompt?: string;
  /** An understanding corrected by hand on the page: reading the prompt is skipped. */
  understanding?: Understanding;
  ratings: ({ movieId: number; rating: number } | { title: string; year?: number; rating: number })[];
  tags: WantedTag[];
  /** Id of a chat model, or `none`. */
  chatModel?: string;
  /** 0 (words only) to 100 (taste only); absent = by evidence. */
  importance?: number;
  usePastRatings: boolean;
  k: number;
  filters: Filters;
  popularity: number;
  diversity: number;
  blend: BlendKind;
  tagMatch: TagMatchKind;
}

export type FitMethod = 'llm' | 'text' | 'tags' | 'none';
export type TasteMethod = 'cf' | 'popularity' | 'none';

export type DegradedCode =
  | 'no_chat_model' | 'chosen_off' | 'timeout' | 'unreachable' | 'rate_limited' | 'bad_answer' | 'budget'
  | 'circuit_open' | 'partial'; // prettier-ignore

export interface Degraded {
  code: DegradedCode;
  reason: string;
  stage?: 'understand' | 'score';
}

/** One rating's part in an EASE score. `share` = weight ÷ Σ|weight|, signed. */
export interface Because {
  movieId: number;
  weight: number;
  share: number;
}

export interface CandidateTaste {
  /** Scaled inside the candidate set, in [.01, 1]: the part the blend used. */
  score: number;
  /** The unscaled EASE score: exactly the sum of all inputs' weights. */
  raw: number;
  because: Because[];
}

export interface MatchedTag {
  tagId: number;
  name: string;
  /** What this tag adds to the match, signed. */
  weight: number;
}

export interface CandidateFit {
  score: number;
  by: 'llm' | 'text' | 'tags';
  /** The language model's sentence, at most 160 characters. */
  reason?: string;
  /** What matched: words of the preferences (text) or tags with their weight. */
  matched?: (string | MatchedTag)[];
}

/** A scored title. A run keeps every candidate, so that moving the slider asks nothing new. */
export interface Candidate {
  movieId: number;
  cf: CandidateTaste | null;
  fit: CandidateFit | null;
  /** Breaks ties: larger first, then the smaller movieId. */
  popularity: number;
}

/** Which language models a person lets read their words; `local` ones run on machines of whoever runs the site. */
export const ALLOWED_MODELS = ['any', 'local', 'none'] as const;
export type AllowedModels = (typeof ALLOWED_MODELS)[number];

/** One request to a language model, word for word as it left. Only the owner of the run may see it. */
export interface SentCall {
  /** Id of the model. */
  chatModel: string;
  purpose: 'understand' | 'score';
  messages: { role: 'system' | 'user' | 'assistant'; content: string }[];
}

export interface Usage {
  /** Requests that left for a language model. */
  calls: number;
  cachedCalls: number;
  promptTokens: number;
  completionTokens: number;
  costUsd?: number;
  ms: number;
}

export interface Shortfall {
  wanted: number;
  left: number;
  /** The filter whose removal would help most, such as `languages`; null when no filter keeps a title away. */
  tightest: string | null;
  /** All that have to go together for more titles to come, the tightest first: both ends of a span of years, say. */
  drop?: string[];
}

export type RunState = 'running' | 'done' | 'failed';

/** A list as it is stored: the request, every candidate with both parts, the method and the usage. */
export interface Run {
  runId: string;
  page: 'recommendations' | 'lite';
  state: RunState;
  createdAt: string;
  /** Owner: an account or a visitor cookie; null for runs made through the API without either. */
  userId: number | null;
  visitorId: string | null;
  isShared: boolean;
  request: RecommendationRequest;
  understood: Understanding;
  scoring: {
    fit: FitMethod;
    taste: TasteMethod;
    blend: BlendKind;
    importance: number;
    /** Why that importance, when it was chosen by evidence. */
    importanceReason?: string;
    chatModel?: string;
    degraded?: Degraded;
  };
  /** All candidates that pass the filters; the list shown is the best K of them at the importance. */
  candidates: Candidate[];
  /** The order when it is not by score alone (diversity > 0): movieIds in MMR's order at the stored importance. */
  diverseOrder?: number[];
  shortfall?: Shortfall;
  usage: Usage;
  /** What language models were sent for it. */
  sent?: SentCall[];
}
