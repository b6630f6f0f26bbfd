import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkAgainstReferences, compareFacts, type References, readReferences } from './check/facts.ts';
import { type Decision, type Disagreement, type Finding, undecided } from './check/finding.ts';
import { checkForm } from './check/form.ts';
import { checkSharedRuns, checkVariety, type Variety, varietyOf } from './check/plots.ts';
import { readStarterRows, type StarterRow } from './rows.ts';

/**
 * The judge of the starter catalogue: `node --import tsx datasets/starter/check.ts [folder with the reference data]` prints its
 * report and ends with 1 when something is to be done. Without the references it checks what needs none.
 */
export interface CheckReport {
  /** To be mended. */
  findings: Finding[];
  /** Whole-catalogue rules that do not hold. */
  shortfalls: string[];
  /** Told otherwise by the references and decided by hand; null when these are absent. */
  decided: Disagreement[] | null;
  open: Disagreement[];
  stale: Decision[];
  counts: CatalogueCounts;
  variety: Variety;
}

export interface CatalogueCounts {
  titles: number;
  shows: number;
  animated: number;
  documentaries: number;
  before1950: number;
  countries: number;
  languages: number;
}

export const WANTED: CatalogueCounts = {
  titles: 1200,
  shows: 200,
  animated: 80,
  documentaries: 80,
  before1950: 100,
  countries: 35,
  languages: 25,
};

export const readVocabulary = (): Set<string> => new Set(readLines('tagVocabulary.txt'));
export const readDecisions = (): Decision[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'decisions.json'), 'utf8')) as Decision[];

const readLines = (name: string): string[] =>
  readFileSync(join(import.meta.dirname, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

export function checkStarter(
  rows: StarterRow[],
  vocabulary: ReadonlySet<string>,
  decisions: Decision[],
  references: References | null,
): CheckReport {
  const counts = countsOf(rows);
  const variety = varietyOf(rows);
  const disagreements = references ? compareFacts(rows, references) : null;
  const { open, stale } = disagreements ? undecided(disagreements, decisions) : { open: [], stale: [] };
  const missing = (Object.keys(WANTED) as (keyof CatalogueCounts)[])
    .filter((name) => counts[name] < WANTED[name])
    .map((name) => `${counts[name]} ${name}, at least ${WANTED[name]} are wanted`);
  return {
    findings: [
      ...checkForm(rows, vocabulary),
      ...checkSharedRuns(rows),
      ...(references ? checkAgainstReferences(rows, references) : []),
    ],
    shortfalls: [...missing, ...checkVariety(variety)],
    decided: disagreements?.filter((disagreement) => !open.includes(disagreement)) ?? null,
    open,
    stale,
    counts,
    variety,
  };
}

function countsOf(rows: StarterRow[]): CatalogueCounts {
  const count = (is: (row: StarterRow) => boolean) => rows.filter(is).length;
  return {
    titles: rows.length,
    shows: count(({ kind }) => kind === 'tv'),
    animated: count(({ genres }) => genres.includes('Animation')),
    documentaries: count(({ genres }) => genres.includes('Documentary')),
    before1950: count(({ year }) => year < 1950),
    countries: new Set(rows.flatMap(({ countries }) => countries)).size,
    languages: new Set(rows.flatMap(({ languages }) => languages)).size,
  };
}

export const isClean = ({ findings, shortfalls, open, stale }: CheckReport): boolean =>
  [findings, shortfalls, open, stale].every(({ length }) => length === 0);

/** The references in a folder laid out like the shared data; null when one of them is not there. */
export async function referencesIn(folder: string): Promise<References | null> {
  const paths = {
    links: join(folder, 'links.csv'),
    archive: join(folder, 'genome_2021_sample.zip'),
    tmdb: join(folder, 'millions_of_movies_sample.csv.gz'),
  };
  return Object.values(paths).every((path) => existsSync(path)) ? readReferences(paths) : null;
}

export function describe(report: CheckReport): string {
  const { counts, variety } = report;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const listed = (entries: [string, number][]) =>
    entries.map(([what, share]) => `${what} ${percent(share)}`).join(' · ');
  const told = ({ movieId, title, field, ours, theirs }: Disagreement) =>
    `  ${movieId} ${title}: ${field} ${ours}, theirs ${theirs}`;
  return [
    `counts: ${Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
    `plots: ${variety.words.mean.toFixed(1)} words (${variety.words.least}–${variety.words.most}); sentences ${listed(Object.entries(variety.sentences))}`,
    `sentences: ${variety.sentenceWords.mean.toFixed(1)} ± ${variety.sentenceWords.deviation.toFixed(1)} words; rhythm ${variety.rhythm.toFixed(2)}`,
    `first words: ${listed(variety.firstWords)}`,
    `openings: ${listed(variety.openings)}`,
    `orders of punctuation marks: ${listed(variety.punctuation)}; ${percent(variety.punctuationOrders)} of plots have one of their own`,
    report.decided
      ? `${report.decided.length} facts the references tell otherwise, decided by hand (decisions.json)`
      : 'the references are not here: ids, years, names and foreign sentences were not compared',
    ...report.open.map((disagreement) => `undecided:${told(disagreement)}`),
    ...report.stale.map((decision) => `decides nothing any more:${told(decision)}`),
    ...report.findings.map(({ movieId, title, problem }) => `to mend: ${movieId} ${title}: ${problem}`),
    ...report.shortfalls.map((shortfall) => `to mend: ${shortfall}`),
    isClean(report) ? 'all is well' : 'something is to be done',
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const folder = process.argv[2] ?? resolve(import.meta.dirname, '../../../shared/data');
  const report = checkStarter(
    readStarterRows(),
    readVocabulary(),
    readDecisions(),
    await referencesIn(folder),
  );
  console.log(describe(report));
  process.exitCode = isClean(report) ? 0 : 1;
}
