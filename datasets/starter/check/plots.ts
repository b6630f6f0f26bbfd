import { type StarterRow } from '../rows.ts';
import { type Finding } from './finding.ts';
import { sentencesOf, wordsOf } from './words.ts';

/** A run of this many words stands in one plot only. */
const SHARED_RUN = 8;

export function checkSharedRuns(rows: StarterRow[]): Finding[] {
  const first = new Map<string, StarterRow>();
  const findings: Finding[] = [];
  for (const row of rows) {
    const words = wordsOf(row.plot);
    for (let at = 0; at + SHARED_RUN <= words.length; at++) {
      const run = words.slice(at, at + SHARED_RUN).join(' ');
      const other = first.get(run);
      if (!other) first.set(run, row);
      else if (other !== row)
        findings.push({
          movieId: row.movieId,
          title: row.title,
          problem: `shares "${run}" with ${other.title}`,
        });
    }
  }
  return findings;
}

export interface Variety {
  plots: number;
  words: { mean: number; least: number; most: number };
  /** Share of plots with 2, 3, 4 sentences. */
  sentences: Record<string, number>;
  sentenceWords: { mean: number; deviation: number };
  /** Mean over plots of the deviation of a plot's sentence lengths ÷ their mean: 0 is a drum. */
  rhythm: number;
  /** Commonest first words, and first two words, with their share of plots. */
  firstWords: [string, number][];
  openings: [string, number][];
  /** Commonest orders of punctuation marks, with their share of plots. */
  punctuation: [string, number][];
  /** Different orders of punctuation marks ÷ plots. */
  punctuationOrders: number;
}

export function varietyOf(rows: StarterRow[]): Variety {
  const perPlot = rows.map(({ plot }) => sentencesOf(plot).map((sentence) => wordsOf(sentence).length));
  const lengths = perPlot.flat();
  const totals = perPlot.map((sentences) => sentences.reduce((sum, length) => sum + length, 0));
  const marks = rows.map(({ plot }) =>
    plot.replace(/(?<=\p{L})['’](?=\p{L})/gu, '').replace(/[\p{L}\p{N}\s]/gu, ''),
  );
  const openings = rows.map(({ plot }) => wordsOf(plot));
  return {
    plots: rows.length,
    words: { mean: mean(totals), least: Math.min(...totals), most: Math.max(...totals) },
    sentences: Object.fromEntries(
      shares(
        perPlot.map(({ length }) => String(length)),
        9,
      ).sort(),
    ),
    sentenceWords: { mean: mean(lengths), deviation: deviation(lengths) },
    rhythm: mean(perPlot.map((sentences) => deviation(sentences) / mean(sentences))),
    firstWords: shares(
      openings.map(([word]) => word!),
      8,
    ),
    openings: shares(
      openings.map((words) => words.slice(0, 2).join(' ')),
      8,
    ),
    punctuation: shares(marks, 6),
    punctuationOrders: new Set(marks).size / rows.length,
  };
}

/** Where the statistics say that plots were filled into a form rather than written. */
export function checkVariety(variety: Variety): string[] {
  const problems: string[] = [];
  const most = (name: string, [[what, share] = ['', 0]]: [string, number][], limit: number) => {
    if (share > limit) problems.push(`${(share * 100).toFixed(1)} % of plots have the ${name} "${what}"`);
  };
  most('first word', variety.firstWords, 0.25);
  most('opening', variety.openings, 0.03);
  most('order of punctuation marks', variety.punctuation, 0.05);
  if (variety.rhythm < 0.3)
    problems.push(`the sentences of a plot are too alike in length (${variety.rhythm.toFixed(2)})`);
  if (variety.punctuationOrders < 0.4)
    problems.push(
      `only ${(variety.punctuationOrders * 100).toFixed(0)} % of plots have an order of marks of their own`,
    );
  return problems;
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function deviation(values: number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/** The commonest of them with their shares. */
function shares(values: string[], kept: number): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, kept)
    .map(([value, count]) => [value, count / values.length]);
}
