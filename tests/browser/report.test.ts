import { expect, test } from 'vitest';
import type { RatingsReport, ReportRow } from '../../training/evaluation/summarise.ts';
import { reportAsHtml } from '../../training/report/htmlReport.ts';
import { launch } from './openPages.ts';

const row = (algorithm: string, value: number, chosenOn: ReportRow['chosenOn']): ReportRow => ({
  algorithm,
  parameters: { lambda: 500, dropout: 0.35, xi: 0.2 },
  chosenOn,
  metrics: { 'nDCG@100': value, 'coverage@20': value / 2, 'meanPopularity@20': 1000 * value },
  intervals: { 'nDCG@100': [value - 0.01, value + 0.01] },
});

const REPORT: RatingsReport = {
  protocol: 'B',
  description: 'Strong generalisation',
  data: { name: 'ratings_ge4_known.csv.gz', sha256: 'f'.repeat(64), train: 9, test: 9, users: 9, titles: 9, people: 9 },
  seed: 1,
  primary: 'nDCG@100',
  rows: [row('popularity', 0.2, 'none'), row('rdlae', 0.4, 'validation'), row('ease', 0.39, 'test')],
  published: [{ algorithm: 'EASE on ML-20M', source: 'a paper', metrics: { 'nDCG@100': 0.42 } }],
  significance: [{ better: 'rdlae', worse: 'popularity', metric: 'nDCG@100', difference: 0.2, p: 0.0001 }],
  curve: [{ lambda: 100, value: 0.38 }, { lambda: 500, value: 0.39 }],
  tried: 2,
  groups: [{ ratingsFrom: 5, ratingsTo: 900, people: 9, means: [0.2, 0.4, 0.39] }],
  notes: [`A note with a word nobody can break: ${'x'.repeat(80)}`],
  solver: 'plain f64, 1 thread',
  seconds: 1,
}; // prettier-ignore

test('the report of an evaluation does not scroll sideways on a phone, however long the file is called', async () => {
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.setContent(reportAsHtml(REPORT));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  } finally {
    await browser.close();
  }
});
