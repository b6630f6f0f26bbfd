import type { z } from 'zod';
import type { Kind } from '../domain.ts';
import type { DetailsAnswer, imagesAnswer, providersAnswer } from './schemas.ts';

/** A film or show as TMDB knows it, in our words; genres, languages and countries are still TMDB's. */
export interface TmdbTitle {
  tmdbId: number;
  kind: Kind;
  title: string;
  originalTitle: string | null;
  /** Of its release or first episode. */
  year: number | null;
  isReleased: boolean;
  isAdult: boolean;
  imdbId: string | null;
  genres: string[];
  /** Directors of a film, creators of a show. */
  directors: string[];
  cast: string[];
  /** ISO codes. */
  countries: string[];
  language: string | null;
  runtimeMinutes: number | null;
  tagline: string | null;
  overview: string | null;
  keywords: string[];
  voteCount: number;
  posterPath: string | null;
  /** Where it streams in the region asked for; null when TMDB did not say. */
  providers: string[] | null;
}

/** null when it has no name. */
export function readDetails(kind: Kind, answer: DetailsAnswer, region: string): TmdbTitle | null {
  const title = (kind === 'movie' ? answer.title : answer.name)?.trim();
  if (!title) return null;
  const original = (kind === 'movie' ? answer.original_title : answer.original_name)?.trim();
  const date = (kind === 'movie' ? answer.release_date : answer.first_air_date) ?? '';
  const year = Number(/^(\d{4})-\d\d-\d\d$/.exec(date)?.[1] ?? 0);
  const directors = (answer.credits?.crew ?? []).filter(({ job }) => job === 'Director');
  const countries =
    kind === 'movie' ? answer.production_countries.map((one) => one.iso_3166_1) : answer.origin_country;
  const keywords = answer.keywords ? [...answer.keywords.keywords, ...answer.keywords.results] : [];
  const runtime = Math.round((kind === 'movie' ? answer.runtime : answer.episode_run_time[0]) ?? 0);
  const where = answer['watch/providers'];
  return {
    tmdbId: answer.id,
    kind,
    title,
    originalTitle: original && original !== title ? original : null,
    year: year > 0 ? year : null,
    isReleased: !/^(?:rumored|planned|in production|post production|canceled)$/i.test(answer.status ?? ''),
    isAdult: answer.adult ?? false,
    imdbId: answer.imdb_id || answer.external_ids?.imdb_id || null,
    genres: namesOf(answer.genres),
    directors: namesOf(kind === 'movie' ? directors : answer.created_by),
    cast: namesOf(answer.credits?.cast ?? []),
    countries,
    language: answer.original_language ?? null,
    runtimeMinutes: runtime > 0 && runtime < 2000 ? runtime : null,
    tagline: answer.tagline?.trim() || null,
    overview: answer.overview?.trim() || null,
    keywords: namesOf(keywords),
    voteCount: Math.max(0, Math.round(answer.vote_count ?? 0)),
    posterPath: answer.poster_path ?? null,
    providers: where ? readProviders(where, region) : null,
  };
}

const namesOf = (list: readonly { name: string }[]): string[] => [
  ...new Set(list.map(({ name }) => name.trim()).filter((name) => name !== '')),
];

/** TMDB's names where ours differ. */
const OUR_NAMES = new Map([
  ['Disney Plus', 'Disney+'],
  ['Amazon Prime', 'Amazon Prime Video'],
]);

/** What a subscription, or nothing, pays for; not what is rented or bought. "Netflix Standard with Ads" is Netflix. */
export function readProviders(answer: z.infer<typeof providersAnswer>, region: string): string[] {
  const here = answer.results[region];
  if (!here) return [];
  const names = [...here.flatrate, ...here.free, ...here.ads].map(({ provider_name: name }) => {
    const plain = name.replace(/ (?:(?:basic|standard) )?with ads$/i, '').trim();
    return OUR_NAMES.get(plain) ?? plain;
  });
  return [...new Set(names)].filter((name) => name !== '');
}

/** English first, then the better voted; null without any. */
export function choosePoster(answer: z.infer<typeof imagesAnswer>): string | null {
  const posters = answer.posters.filter(({ file_path: path }) => path);
  const isEnglish = (poster: (typeof posters)[number]) => Number(poster.iso_639_1 === 'en');
  posters.sort(
    (a, b) =>
      isEnglish(b) - isEnglish(a) ||
      (b.vote_average ?? 0) - (a.vote_average ?? 0) ||
      (b.vote_count ?? 0) - (a.vote_count ?? 0),
  );
  return posters[0]?.file_path ?? null;
}
