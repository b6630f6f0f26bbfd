import type { Title } from '../src/domain.ts';
import type { AddOn, Enrichment, SetupOptions } from './dataSet.ts';
import { peopleNamed } from './support/brokenNames.ts';
import { type CsvNotes, csvRows } from './support/csvRows.ts';
import { splitNames } from './support/emptyTitle.ts';
import { canonicalGenres } from './support/genres.ts';
import { matchPlots, type PlotMatch, type PlotRow } from './support/matchPlots.ts';
import { foldTitle, peopleOf } from './support/matchTitles.ts';
import { countryOfOrigin, languageOfOrigin } from './support/names.ts';
import { longerText } from './support/plots.ts';
import { timed } from './support/progress.ts';
import { counts, ReasonCounter, step } from './support/report.ts';
import { moveArticle } from './support/titleForm.ts';

/** Wikipedia Movie Plots: plots of 34,886 films, matched by title, year and people. */
export const plotsWikipedia: AddOn = {
  kind: 'add-on',
  name: 'plots-wikipedia',
  licence: 'Creative Commons Attribution-ShareAlike 4.0 (text of Wikipedia)',
  citation: 'Wikipedia contributors; Wikipedia Movie Plots, compiled by JustinR',
  page: 'https://www.kaggle.com/datasets/jrobischon/wikipedia-movie-plots',
  enrich,
};

const COLUMNS = [
  'Release Year',
  'Title',
  'Origin/Ethnicity',
  'Director',
  'Cast',
  'Genre',
  'Wiki Page',
  'Plot',
];

async function enrich(titles: readonly Title[], options: SetupOptions): Promise<Enrichment> {
  const dropped = new ReasonCounter();
  const notes: CsvNotes = { latin1Lines: 0, repairedRows: 0, unevenRows: 0 };
  let read = 0;
  const rows = await timed(options.onProgress, 'read plots', async () => {
    const result: PlotRow[] = [];
    for await (const { row, line } of csvRows(options.path!, { required: COLUMNS }, notes)) {
      read++;
      const plot = toPlotRow(row);
      if (typeof plot === 'string') dropped.add(plot, `line ${line}`);
      else result.push(plot);
    }
    return { result, done: read };
  });
  const matches = await timed(options.onProgress, 'match plots', () => {
    const result = matchPlots(rows, titles);
    return Promise.resolve({ result, done: result.matches.length });
  });
  for (const { row, reason } of matches.unmatched) dropped.add(reason, `${row.title} (${row.year})`);
  const fuzzy = matches.matches.filter(({ distance }) => distance > 0).length;
  return {
    updates: matches.matches.map(toUpdate),
    newTitles: [],
    people: matches.matches.flatMap(({ row }) => peopleNamed(row)),
    steps: [step('match', counts(read), counts(matches.matches.length), dropped.list())],
    numbers: {
      matchedExactly: matches.matches.length - fuzzy,
      matchedFuzzily: fuzzy,
      titlesWithoutPlot: titles.length - matches.matches.length,
      ...notes,
    },
  };
}

function toPlotRow(row: Record<string, string>): PlotRow | string {
  const title = moveArticle(row['Title']!.replace(/\s+/g, ' ').trim());
  const year = Number(row['Release Year']);
  const plot = row['Plot']!.replace(/\[\d+\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (title === '') return 'no title';
  if (!Number.isInteger(year) || year < 1870 || year > 2100) return 'no year';
  if (plot.length < 20) return 'no plot';
  const directors = splitNames(row['Director'], /,| and | & /);
  const cast = splitNames(row['Cast'], /,|\n/);
  return {
    title,
    year,
    plot,
    names: nameVariants(title),
    directors,
    cast,
    people: peopleOf({ directors, cast }),
    genres: canonicalGenres(splitNames(row['Genre'], /[,/;]/)),
    country: countryOfOrigin(row['Origin/Ethnicity']!),
    language: languageOfOrigin(row['Origin/Ethnicity']!),
  };
}

/** "Se7en (Seven)", "Alien / Aliens", "X a.k.a. Y": each name counts. */
function nameVariants(title: string): string[] {
  const parts = title.split(/\s+(?:a\.?k\.?a\.?|or:?)\s+|\s+\/\s+|[()]/i);
  return [
    ...new Set([
      foldTitle(title),
      foldTitle(parts[0]!),
      ...(parts.length > 1 ? parts.slice(1).map(foldTitle) : []),
    ]),
  ].filter((name) => name.length > 1 || name === foldTitle(title));
}

/** The longer of two plots stays; people, genres, country and language only fill gaps. */
function toUpdate({ row, title }: PlotMatch): Enrichment['updates'][number] {
  return {
    movieId: title.movieId,
    plot: longerText(title.plot, row.plot),
    ...(title.genres.length === 0 && row.genres.length > 0 ? { genres: row.genres } : {}),
    ...(title.directors.length === 0 && row.directors.length > 0 ? { directors: row.directors } : {}),
    ...(title.cast.length === 0 && row.cast.length > 0 ? { cast: row.cast } : {}),
    ...(title.countries.length === 0 && row.country ? { countries: [row.country] } : {}),
    ...(title.languages.length === 0 && row.language ? { languages: [row.language] } : {}),
  };
}
