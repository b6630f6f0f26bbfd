import type { Run, Title } from '../domain.ts';
import { listRun } from '../services/recommend/finishRun.ts';
import type { Library } from '../services/library.ts';

/** A title in a few fields, for lists. */
export const presentBrief = (title: Title, publicUrl = '') => ({
  movieId: title.movieId,
  title: title.title,
  year: title.year,
  kind: title.kind,
  imdbId: title.imdbId,
  posterUrl: `${publicUrl}/posters/${title.movieId}.svg`,
});

const presentName = (library: Library, movieId: number) => {
  const title = library.catalogue.get(movieId);
  return { movieId, title: title?.title ?? '', year: title?.year ?? 0 };
};

/** A run in the shape that CONTRACT.md 3 lays down for `POST /recommendations` and `/lite`. */
export function presentAnswer(run: Run, library: Library, publicUrl = '') {
  const { understood, scoring } = run;
  return {
    runId: run.runId,
    understood: {
      opinions: understood.opinions.map(({ movieId, rating, said }) => ({
        ...presentName(library, movieId),
        rating,
        said,
      })),
      preferences: understood.preferences,
      filters: understood.filters,
      unmatched: understood.unmatched.map(({ said, suggestions }) => ({
        said,
        suggestions: suggestions.map((movieId) => presentName(library, movieId)),
      })),
    },
    scoring: {
      fit: scoring.fit,
      taste: scoring.taste,
      blend: scoring.blend,
      importance: scoring.importance,
      ...(scoring.importanceReason ? { importanceReason: scoring.importanceReason } : {}),
      ...(scoring.chatModel ? { chatModel: scoring.chatModel } : {}),
      ...(scoring.degraded ? { degraded: scoring.degraded } : {}),
    },
    items: listRun(run).flatMap(({ rank, score, candidate }) => {
      const title = library.catalogue.get(candidate.movieId);
      if (!title) return [];
      const cf = candidate.cf && {
        ...candidate.cf,
        because: candidate.cf.because.map(({ movieId, weight, share }) => ({
          movieId,
          title: presentName(library, movieId).title,
          weight,
          share,
        })),
      };
      return [{ rank, ...presentBrief(title, publicUrl), score, cf, fit: candidate.fit }];
    }),
    usage: run.usage,
    ...(run.shortfall ? { shortfall: run.shortfall } : {}),
  };
}
