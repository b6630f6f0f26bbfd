import type { Understanding } from '../../src/domain.ts';
import { fold } from '../../src/retrieval/tokenize.ts';
import type { Catalogue } from '../../src/services/catalogue.ts';
import type { ReadingTask } from './tasks.ts';

/** One reading against what stands in the prompt. */
export interface ReadingResult {
  /** Titles told that the catalogue holds. */
  told: number;
  found: number;
  otherVersion: string[];
  missed: string[];
  missedButReported: number;
  invented: string[];
  notInCatalogue: number;
  /** Read minus told, for every title found. */
  ratingErrors: number[];
  turnedRound: number;
}

type Told = ReadingTask['opinions'][number];

export function compareReading(
  opinions: readonly Told[],
  understood: Understanding,
  catalogue: Catalogue,
): ReadingResult {
  const result: ReadingResult = {
    told: 0,
    found: 0,
    otherVersion: [],
    missed: [],
    missedButReported: 0,
    invented: [],
    notInCatalogue: 0,
    ratingErrors: [],
    turnedRound: 0,
  };
  const left = new Map(understood.opinions.map((opinion) => [opinion.movieId, opinion]));
  const take = (movieId: number, told: Told) => {
    const read = left.get(movieId)!;
    left.delete(movieId);
    result.ratingErrors.push(read.rating - told.rating);
    if ((read.rating >= 3.5 && told.rating <= 2.5) || (read.rating <= 2.5 && told.rating >= 3.5))
      result.turnedRound++;
  };
  const later: Told[] = [];
  for (const told of opinions) {
    const movieId = catalogue.titleIndex.find(
      told.title,
      told.year === undefined ? {} : { year: told.year },
    )?.key;
    if (movieId === undefined) {
      result.notInCatalogue++;
      continue;
    }
    result.told++;
    if (!left.has(movieId)) later.push(told);
    else {
      result.found++;
      take(movieId, told);
    }
  }
  // Only what no exact match claims may be another film of a told name.
  for (const told of later) {
    const namesake = [...left.keys()].find((movieId) => isNamed(catalogue, movieId, told.title));
    if (namesake !== undefined) {
      result.otherVersion.push(nameOf(catalogue, namesake));
      take(namesake, told);
      continue;
    }
    result.missed.push(told.year === undefined ? told.title : `${told.title} (${told.year})`);
    if (understood.unmatched.some(({ said }) => isWithin(said, told.title))) result.missedButReported++;
  }
  result.invented = [...left.keys()].map((movieId) => nameOf(catalogue, movieId));
  return result;
}

function nameOf(catalogue: Catalogue, movieId: number): string {
  const title = catalogue.get(movieId);
  return title ? `${title.title} (${title.year})` : String(movieId);
}

function isNamed(catalogue: Catalogue, movieId: number, name: string): boolean {
  const title = catalogue.get(movieId);
  const names = title ? [title.title, title.originalTitle ?? '', ...title.otherTitles] : [];
  return names.some((one) => fold(one) === fold(name));
}

const isWithin = (said: string, title: string): boolean =>
  fold(said).includes(fold(title)) || fold(title).includes(fold(said));
