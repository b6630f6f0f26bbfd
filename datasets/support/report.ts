import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Title } from '../../src/domain.ts';

/** How many titles, ratings and people a step saw, kept or dropped. */
export interface Counts {
  titles: number;
  ratings: number;
  users: number;
}

export interface Reason {
  reason: string;
  count: number;
  /** A few of the rows, so that a person can look them up. */
  examples: string[];
}

export interface StepReport {
  step: string;
  in: Counts;
  kept: Counts;
  dropped: Counts;
  reasons: Reason[];
}

/** What one data set brought: one file in `reports/`, and one entry of `marquee data report --json`. */
export interface DatasetReport {
  name: string;
  kind: 'base' | 'add-on';
  loadedAt: string;
  /** File name of what was read. */
  from: string;
  licence: string;
  citation: string;
  steps: StepReport[];
  /** Other counts worth comparing, by name: tag counts, repaired texts, the seed of the held-out users. */
  numbers: Record<string, number>;
  /** `titles` counts the catalogue, `ratings` and `users` those kept for EASE. */
  totals: { titles: number; trainedTitles: number; ratings: number; users: number };
}

export const counts = (titles = 0, ratings = 0, users = 0): Counts => ({ titles, ratings, users });

/** A step from what went in and what was kept; what was dropped is the difference. */
export function step(name: string, into: Counts, kept: Counts, reasons: Reason[] = []): StepReport {
  return {
    step: name,
    in: into,
    kept,
    dropped: counts(into.titles - kept.titles, into.ratings - kept.ratings, into.users - kept.users),
    reasons: reasons.filter((reason) => reason.count > 0),
  };
}

/** What lists are filtered by: a title of which nobody knows the country passes no filter on it. */
const FILTERED_FACTS = {
  titlesWithGenres: 'genres',
  titlesWithCountry: 'countries',
  titlesWithLanguage: 'languages',
  titlesWithProvider: 'providers',
} as const;

/** Of how many titles each fact that lists are filtered by is known. */
export function knownFacts(titles: readonly Title[]): Record<string, number> {
  const knowing = Object.entries(FILTERED_FACTS).map(([name, fact]) => [
    name,
    titles.reduce((sum, title) => sum + (title[fact].length > 0 ? 1 : 0), 0),
  ]);
  return Object.fromEntries(knowing) as Record<string, number>;
}

/** Whether what is said of titles has a fact that lists are filtered by. */
export const bringsFacts = (titles: readonly Partial<Title>[]): boolean =>
  titles.some((title) => Object.values(FILTERED_FACTS).some((fact) => title[fact] !== undefined));

/** Counts rows under a reason and remembers the first few. */
export class ReasonCounter {
  private readonly reasons = new Map<string, Reason>();

  add(reason: string, example: string): void {
    let entry = this.reasons.get(reason);
    if (!entry) this.reasons.set(reason, (entry = { reason, count: 0, examples: [] }));
    entry.count++;
    if (entry.examples.length < 5) entry.examples.push(example.slice(0, 120));
  }

  get total(): number {
    return [...this.reasons.values()].reduce((sum, { count }) => sum + count, 0);
  }

  list(): Reason[] {
    return [...this.reasons.values()].sort((a, b) => b.count - a.count);
  }
}

const REPORTS = 'reports';

/** Where a report stands in the data directory, or in a folder staged for it. */
export const reportFile = (name: string): string => join(REPORTS, `${name}.json`);

export async function writeReport(folder: string, report: DatasetReport): Promise<void> {
  await mkdir(join(folder, REPORTS), { recursive: true });
  await writeFile(join(folder, reportFile(report.name)), `${JSON.stringify(report, null, 2)}\n`);
}

/** Every report there is; one that cannot be read is passed over. */
export async function readReports(dataDir: string): Promise<DatasetReport[]> {
  const folder = join(dataDir, REPORTS);
  const reports: DatasetReport[] = [];
  for (const name of await readdir(folder).catch(() => []))
    if (name.endsWith('.json'))
      try {
        reports.push(JSON.parse(await readFile(join(folder, name), 'utf8')) as DatasetReport);
      } catch {
        continue;
      }
  return reports;
}
