import { type CurvePoint } from '../protocols/chooseOnValidation.ts';
import { type Protocol, type PublishedRow } from '../protocols/protocol.ts';
import { type MeasuredRow, type ProtocolRun } from '../protocols/runProtocol.ts';
import { type RatingData } from '../protocols/readRatingData.ts';
import { bootstrapIntervals, type Interval, pairedRandomisation } from '../significance.ts';
import { meanOf, type Person } from './evaluate.ts';

export interface ReportRow extends Omit<MeasuredRow, 'evaluation'> {
  metrics: Record<string, number>;
  /** 95 %, for the measures that are means over people. */
  intervals: Record<string, Interval>;
}

/** A part of the people, by how much is known of them, and the primary measure of each row there. */
export interface ActivityGroup {
  ratingsFrom: number;
  ratingsTo: number;
  people: number;
  /** In the order of `rows`. */
  means: number[];
}

export interface Comparison {
  better: string;
  worse: string;
  metric: string;
  difference: number;
  p: number;
}

/** The JSON document of `marquee evaluate ratings`. */
export interface RatingsReport {
  protocol: string;
  description: string;
  data: {
    name: string;
    sha256: string;
    train: number;
    test: number;
    users: number;
    titles: number;
    people: number;
  };
  seed: number;
  primary: string;
  rows: ReportRow[];
  published: PublishedRow[];
  significance: Comparison[];
  curve: CurvePoint[];
  /** Settings tried on the validation part. */
  tried: number;
  groups: ActivityGroup[];
  notes: string[];
  solver: string;
  seconds: number;
}

/** Means, intervals, comparisons and groups from the per-person results. */
export async function summarise(
  data: RatingData,
  protocol: Protocol,
  run: ProtocolRun,
  origin: { solver: string; startedAt: number },
): Promise<RatingsReport> {
  const { test, primary, seed } = protocol;
  const rows: ReportRow[] = [];
  for (const { evaluation, ...row } of run.rows) {
    const means = Object.entries(evaluation.perPerson).map(([name, values]) => [name, meanOf(values)]);
    const intervals = await bootstrapIntervals(evaluation.perPerson, { seed });
    rows.push({ ...row, metrics: { ...Object.fromEntries(means), ...evaluation.ofLists }, intervals });
  }
  return {
    protocol: protocol.letter,
    description: protocol.description,
    data: {
      name: data.name,
      sha256: data.sha256,
      train: test.trainRatings,
      test: test.heldOutRatings,
      users: data.userIds.length,
      titles: test.matrix.movieIds.length,
      people: test.people.length,
    },
    seed,
    primary,
    rows,
    published: protocol.published,
    significance: compare(run.rows, primary, seed),
    curve: run.curve,
    tried: run.tried,
    groups: groupByActivity(test.people, run.rows, primary),
    notes: [...repeatsNote(data), ...protocol.notes],
    solver: origin.solver,
    seconds: (performance.now() - origin.startedAt) / 1000,
  };
}

const repeatsNote = ({ repeats }: RatingData): string[] =>
  repeats > 0
    ? [`${repeats} rows with the same person and title as a later row are left out; the last one counts.`]
    : [];

/** What the product claims, in pairs. Rows whose parameters were chosen on the test part take no part. */
const CLAIMS: [better: string, worse: string][] = [
  ['rdlae', 'ease'],
  ['ease', 'item-knn'],
  ['ease', 'popularity'],
  ['rdlae', 'item-knn'],
  ['rdlae', 'popularity'],
];

function compare(rows: MeasuredRow[], metric: string, seed: number): Comparison[] {
  const honest = (algorithm: string) =>
    rows.find((row) => row.algorithm === algorithm && row.chosenOn !== 'test')?.evaluation.perPerson[metric];
  return CLAIMS.flatMap(([better, worse]) => {
    const [first, second] = [honest(better), honest(worse)];
    if (!first || !second) return [];
    return [{ better, worse, metric, ...pairedRandomisation(first, second, { seed }) }];
  });
}

const GROUPS = 4;

function groupByActivity(people: Person[], rows: MeasuredRow[], metric: string): ActivityGroup[] {
  const order = [...people.keys()].sort((a, b) => people[a]!.seen.length - people[b]!.seen.length);
  const groups: ActivityGroup[] = [];
  for (let group = 0; group < GROUPS; group++) {
    const members = order.slice(
      Math.floor((group * order.length) / GROUPS),
      Math.floor(((group + 1) * order.length) / GROUPS),
    );
    if (members.length === 0) continue;
    groups.push({
      ratingsFrom: people[members[0]!]!.seen.length,
      ratingsTo: people[members.at(-1)!]!.seen.length,
      people: members.length,
      means: rows.map(({ evaluation }) =>
        meanOf(Float64Array.from(members, (at) => evaluation.perPerson[metric]![at]!)),
      ),
    });
  }
  return groups;
}
