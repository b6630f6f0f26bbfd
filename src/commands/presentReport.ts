import { z } from 'zod';

const counts = z.object({ titles: z.number(), ratings: z.number(), users: z.number() });
/** One data set's report, as `setup` leaves it in `reports/`. */
export const dataReport = z.object({
  name: z.string(),
  kind: z.enum(['base', 'add-on']),
  loadedAt: z.string(),
  from: z.string(),
  licence: z.string(),
  citation: z.string(),
  steps: z.array(
    z.object({
      step: z.string(),
      in: counts,
      kept: counts,
      dropped: counts,
      reasons: z.array(z.object({ reason: z.string(), count: z.number(), examples: z.array(z.string()) })),
    }),
  ),
  numbers: z.record(z.string(), z.number()),
  totals: z.object({
    titles: z.number(),
    trainedTitles: z.number(),
    ratings: z.number(),
    users: z.number(),
  }),
});
export type DataReport = z.infer<typeof dataReport>;

/** One report as a table for the terminal, with the reasons under their step. */
export function presentReport(data: DataReport): string {
  const rows = data.steps.map(({ step, in: into, kept, dropped }) => [
    step,
    ...(['titles', 'ratings', 'users'] as const).flatMap((what) =>
      [into[what], kept[what], dropped[what]].map(number),
    ),
  ]);
  const header = ['step', ...['titles', 'ratings', 'users'].flatMap((what) => [what, 'kept', 'dropped'])];
  const lines = table([header, ...rows]);
  const reasons = data.steps.flatMap(({ step, reasons: why }) =>
    why.map(({ reason, count, examples }) => {
      const such = examples.length > 0 ? `, such as ${examples.slice(0, 3).join('; ')}` : '';
      return `  ${step}: ${number(count)} ${reason}${such}`;
    }),
  );
  const { totals } = data;
  return [
    `${data.name} (${data.kind === 'base' ? 'catalogue' : 'add-on'}) from ${data.from}, ${data.loadedAt}`,
    ...lines.map((line) => `  ${line}`),
    ...reasons,
    ...Object.entries(data.numbers).map(([name, value]) => `  ${spelledOut(name)}: ${number(value)}`),
    `  in all: ${number(totals.titles)} titles, ${number(totals.trainedTitles)} trained on ${number(totals.ratings)} ratings of ${number(totals.users)} people`,
    `  licence: ${data.licence}`,
    `  cite: ${data.citation}`,
  ].join('\n');
}

const number = (value: number): string => value.toLocaleString('en-US');
const spelledOut = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Columns as wide as their widest cell, the first to the left, numbers to the right. */
function table(rows: string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  '),
  );
}
