import type { Title } from '../../src/domain.ts';
import { type Agreement, comparePeople, type MatchEntry, type People, TitleTable } from './matchTitles.ts';
import { type ComparedName, nearestDistance, toCompared } from './nearNames.ts';

export interface PlotRow {
  title: string;
  year: number;
  plot: string;
  /** Names it may be known under, folded. */
  names: string[];
  directors: string[];
  cast: string[];
  people: People;
  genres: string[];
  country: string | null;
  language: string | null;
}

export interface PlotMatch {
  row: PlotRow;
  title: Title;
  distance: number;
}

export interface PlotMatches {
  matches: PlotMatch[];
  unmatched: { row: PlotRow; reason: string }[];
}

interface Pair {
  row: number;
  entry: MatchEntry;
  distance: number;
  agreement: Agreement;
}

/**
 * Pairs plots with titles of the same year, each used once. The same name first; a name a few edits away only when a
 * director or actor agrees, or when nobody is known and there is one candidate. The surest pairs are taken first: by
 * distance, agreeing people before unknown ones.
 */
export function matchPlots(rows: readonly PlotRow[], titles: readonly Title[]): PlotMatches {
  const table = new TitleTable(titles);
  const pairs: Pair[] = [];
  const differing = new Set<number>();
  rows.forEach((row, at) => {
    for (const entry of new Set(row.names.flatMap((name) => table.exact(name, row.year)))) {
      const agreement = comparePeople(row.people, entry.people);
      if (agreement === 'differ') differing.add(at);
      else pairs.push({ row: at, entry, distance: 0, agreement });
    }
  });
  const taken = take(pairs, rows, new Set(), new Set());
  const titlesTaken = new Set(taken.map(({ title }) => title.movieId));
  const rowsTaken = new Set(taken.map(({ row }) => row));
  const entriesOf = comparedByYear(table);
  const nearby = rows.flatMap((row, at) =>
    rowsTaken.has(row) ? [] : nearbyPairs(row, at, entriesOf(row.year), titlesTaken),
  );
  const matches = [...taken, ...take(nearby, rows, titlesTaken, rowsTaken)];
  const matched = new Set(matches.map(({ row }) => row));
  return {
    matches,
    unmatched: rows.flatMap((row, at) =>
      matched.has(row)
        ? []
        : [
            {
              row,
              reason: differing.has(at)
                ? 'same title and year, other people'
                : 'no title of that name and year',
            },
          ],
    ),
  };
}

function nearbyPairs(
  row: PlotRow,
  at: number,
  entries: readonly ComparedEntry[],
  titlesTaken: ReadonlySet<number>,
): Pair[] {
  const names = row.names.map(toCompared);
  const pairs: Pair[] = [];
  for (const { entry, names: others } of entries) {
    if (titlesTaken.has(entry.title.movieId)) continue;
    const distance = nearestDistance(names, others);
    if (distance === null) continue;
    const agreement = comparePeople(row.people, entry.people);
    if (agreement !== 'differ') pairs.push({ row: at, entry, distance, agreement });
  }
  const isUnique = pairs.length === 1;
  return pairs.filter(({ agreement }) => agreement === 'agree' || isUnique);
}

interface ComparedEntry {
  entry: MatchEntry;
  names: ComparedName[];
}

/** The entries of each year, made ready once however many plots of that year there are. */
function comparedByYear(table: TitleTable): (year: number) => readonly ComparedEntry[] {
  const years = new Map<number, ComparedEntry[]>();
  return (year) => {
    let entries = years.get(year);
    if (!entries) {
      entries = (table.byYear.get(year) ?? []).map((entry) => ({
        entry,
        names: entry.names.map(toCompared),
      }));
      years.set(year, entries);
    }
    return entries;
  };
}

function take(
  pairs: Pair[],
  rows: readonly PlotRow[],
  titlesTaken: ReadonlySet<number>,
  rowsTaken: ReadonlySet<PlotRow>,
): PlotMatch[] {
  const usedTitles = new Set(titlesTaken);
  const usedRows = new Set(rowsTaken);
  const matches: PlotMatch[] = [];
  const surestFirst = pairs.toSorted(
    (a, b) =>
      a.distance - b.distance ||
      Number(b.agreement === 'agree') - Number(a.agreement === 'agree') ||
      a.row - b.row,
  );
  for (const { row: at, entry, distance } of surestFirst) {
    const row = rows[at]!;
    if (usedRows.has(row) || usedTitles.has(entry.title.movieId)) continue;
    usedRows.add(row);
    usedTitles.add(entry.title.movieId);
    matches.push({ row, title: entry.title, distance });
  }
  return matches;
}
