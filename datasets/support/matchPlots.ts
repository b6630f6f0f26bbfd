import type { Title } from '../../src/domain.ts';
import {
  type Agreement,
  comparePeople,
  editDistance,
  type MatchEntry,
  type People,
  TitleTable,
} from './matchTitles.ts';

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

const LARGEST_DISTANCE = 3;
/** One edit is allowed for this many letters: "Heat" stays apart from "Hate". */
const LETTERS_PER_EDIT = 6;

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

/** A name with what tells most pairs apart before edits are counted. */
interface ComparedName {
  text: string;
  /** One bit for each letter or digit that occurs. */
  letters: number;
  /** "Part 2" is one edit from "Part 3" and another film: numbers, also Roman ones, must be the same. */
  numbers: string;
}

interface ComparedEntry {
  entry: MatchEntry;
  names: ComparedName[];
}

const toCompared = (text: string): ComparedName => ({
  text,
  letters: lettersIn(text),
  numbers: (text.match(/\d+|\b[ivx]+\b/g) ?? []).join(' '),
});

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

/** Edits between the nearest two names, null when none are near enough for their length. */
function nearestDistance(names: readonly ComparedName[], others: readonly ComparedName[]): number | null {
  let nearest: number | null = null;
  for (const name of names)
    for (const other of others) {
      const shorter = Math.min(name.text.length, other.text.length);
      const limit = Math.min(LARGEST_DISTANCE, Math.floor(shorter / LETTERS_PER_EDIT));
      // An edit takes one letter out and puts one in, at most.
      if (limit === 0 || bitCount(name.letters ^ other.letters) > 2 * limit) continue;
      if (name.numbers !== other.numbers) continue;
      const distance = editDistance(name.text, other.text, limit);
      if (distance <= limit && (nearest === null || distance < nearest)) nearest = distance;
    }
  return nearest;
}

/** Letters beyond a–z share bits: different letters may look alike here, equal ones never differ. */
function lettersIn(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at++) bits |= 1 << (text.charCodeAt(at) & 31);
  return bits;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
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
