import type { Filters, Kind } from '../../domain.ts';
import { findGenres } from './genres.ts';
import type { Lexicon } from './lexicon.ts';
import { findPeople, findPlaces, findProviders } from './names.ts';
import { findRefusals } from './refusals.ts';
import { findYears } from './years.ts';

/** What one reader found: part of the filters, and the stretches that said it. */
export interface FoundFilter {
  filters: Filters;
  taken: { start: number; end: number }[];
}

/**
 * Restrictions in a prompt. A wrong filter hides good titles without a word, a missed one only ranks them lower: so
 * only plain statements count.
 * @param text the prompt with its titles blanked, of the same length
 */
export function findFilters(text: string, lexicon: Lexicon): FoundFilter {
  const refused = findRefusals(text, lexicon);
  const wanted = refused.taken.reduce(
    (left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end),
    text,
  );
  const found = [
    refused,
    findYears(text, lexicon.latestYear),
    findKinds(text),
    findGenres(wanted, lexicon),
    findPlaces(wanted, lexicon),
    findProviders(text, lexicon),
    findPeople(wanted, lexicon),
  ];
  return {
    filters: Object.assign({}, ...found.map(({ filters }) => filters)) as Filters,
    taken: found.flatMap(({ taken }) => taken),
  };
}

const ASKING = String.raw`(?:want|wants|looking for|look for|recommend|suggest|need|find|give|show me|in the mood for|mood for|feel like|fancy|craving|to watch|to see|only|just|any|gimme|suche|möchte|will|cherche|veux|voudrais|busco|quiero|cerco|voglio|vorrei)`;
const SERIES = String.raw`(?:tv|television)[\s-]*(?:series|shows?)|mini-?series|limited series|series?|serien|séries?|sitcoms?|tv shows?|shows`;
const FILMS = String.raw`(?:movies?|films?|flicks?|filme|películas?|pelis?)`;
const ASKS_SERIES = new RegExp(
  String.raw`\b${ASKING}\b[^.!?;,\n]{0,50}?\b(?:${SERIES})\b|\b(?:a|an|some|good|new)\s+(?:[\p{L}-]+\s+){0,3}(?:tv\s+)?(?:series|show)\b(?!\s+(?:of|me))|^\W*(?:[\p{L}-]+\s+){0,4}(?:${SERIES})\b(?!\s*:)`,
  'iu',
);
const ASKS_FILM = new RegExp(
  String.raw`\b${ASKING}\b[^.!?;,\n]{0,50}?\b${FILMS}\b|\b${FILMS} (?:only|tonight)\b|\b(?:only|just) ${FILMS}\b`,
  'iu',
);
const NOT_SERIES = new RegExp(
  String.raw`\b(?:no|not|not a|without|except)\s+(?:any\s+)?(?:tv\s+)?(?:series|shows?)\b`,
  'giu',
);
const NOT_FILM = new RegExp(String.raw`\b(?:no|not|not a)\s+(?:any\s+)?${FILMS}\b`, 'giu');

/** Films or series, when the prompt asks for one of them and not for the other. */
function findKinds(text: string): FoundFilter {
  const noSeries = [...text.matchAll(NOT_SERIES)];
  const noFilm = [...text.matchAll(NOT_FILM)];
  const rest = text.replace(NOT_SERIES, blank).replace(NOT_FILM, blank);
  const asksSeries = ASKS_SERIES.test(rest);
  const asksFilm = ASKS_FILM.test(rest);
  const kinds: Kind[] =
    noSeries.length && !noFilm.length
      ? ['movie']
      : noFilm.length && !noSeries.length
        ? ['tv']
        : asksSeries && asksFilm
          ? []
          : asksSeries
            ? ['tv']
            : asksFilm
              ? ['movie']
              : [];
  return { filters: kinds.length ? { kinds } : {}, taken: [...noSeries, ...noFilm].map(placeOf) };
}

export const blank = (text: string): string => ' '.repeat(text.length);

export const placeOf = (match: RegExpMatchArray): { start: number; end: number } => ({
  start: match.index!,
  end: match.index! + match[0].length,
});
