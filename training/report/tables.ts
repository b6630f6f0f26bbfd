import { type RatingsReport, type ReportRow } from '../evaluation/summarise.ts';

/** `rdlae λ=400 p=.4 ξ=.2`: an algorithm with its parameters, short. */
export function labelOf({ algorithm, parameters }: Pick<ReportRow, 'algorithm' | 'parameters'>): string {
  const short: Record<string, string> = {
    lambda: 'λ',
    dropout: 'p',
    xi: 'ξ',
    alpha: 'α',
    beta: 'β',
    neighbours: 'k',
  };
  const parts = Object.entries(parameters).map(([name, value]) => `${short[name] ?? name}=${value}`);
  return [algorithm, ...parts].join(' ');
}

const decimals = (value: number): string => (value >= 10 ? value.toFixed(1) : value.toFixed(4));

/** The report for a terminal. */
export function reportAsText(report: RatingsReport): string {
  const { data } = report;
  const names = Object.keys(report.rows[0]!.metrics);
  return [
    `Protocol ${report.protocol} on ${data.name}: ${report.description}`,
    `${data.train} ratings to train on, ${data.test} held out, ${data.titles} titles, ${data.people} people asked; seed ${report.seed}; SHA-256 ${data.sha256}`,
    '',
    table([
      ['', 'chosen on', ...names],
      ...report.rows.map((row) => [
        labelOf(row),
        row.chosenOn,
        ...names.map((name) => decimals(row.metrics[name]!)),
      ]),
      ...report.published.map(({ algorithm, metrics }) => [
        algorithm,
        'published',
        ...names.map((name) => (metrics[name] === undefined ? '' : decimals(metrics[name]))),
      ]),
    ]),
    '',
    '95 % intervals (bootstrap over people)',
    table([
      ['', 'chosen on', ...Object.keys(report.rows[0]!.intervals)],
      ...report.rows.map((row) => [
        labelOf(row),
        row.chosenOn,
        ...Object.values(row.intervals).map(([low, high]) => `${low.toFixed(4)}–${high.toFixed(4)}`),
      ]),
    ]),
    '',
    `Paired randomisation tests on ${report.primary}`,
    table(
      report.significance.map(({ better, worse, difference, p }) => [
        `${better} against ${worse}`,
        `${difference >= 0 ? '+' : ''}${difference.toFixed(4)}`,
        `p = ${p.toFixed(4)}`,
      ]),
    ),
    '',
    ...report.notes,
    `${report.solver}; ${report.seconds.toFixed(1)} s`,
  ].join('\n');
}

/** Columns padded to their widest cell: the first to the left, the others to the right. */
function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
