import { escapeXml } from '../../src/posters/escapeXml.ts';
import { type RatingsReport, type ReportRow } from '../evaluation/summarise.ts';
import { curvePlot, groupPlot, intervalPlot, scatterPlot } from './plots.ts';
import { labelOf } from './tables.ts';

/** The whole report as one HTML file that opens from disk: styles and plots are inside, nothing is fetched. */
export function reportAsHtml(report: RatingsReport): string {
  const title = `Protocol ${report.protocol} on ${report.data.name}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeXml(title)}</h1>
<p class="lead">${escapeXml(report.description)}.</p>
${factsOf(report)}
${section(`${report.primary} with 95 % intervals`, intervalsOf(report), 'Filled: chosen on validation data, or nothing to choose. Hollow: chosen on the test part. Grey: published by others.')}
${report.curve.length > 1 ? section('How λ was chosen', curvePlot(report.curve, report.primary), `EASE on the validation part; ${report.tried} settings tried in all.`) : ''}
${section('Coverage and popularity', coverageOf(report), 'How much of the catalogue comes up, and how well known the titles shown are.')}
${section('People with few and many ratings', groupsOf(report), 'Only rows that were not chosen on the test part.')}
<section><h2>All measures</h2>${resultsTable(report)}</section>
<section><h2>Could it be chance?</h2>${comparisonTable(report)}</section>
<section><h2>Notes</h2><ul>${report.notes.map((note) => `<li>${escapeXml(note)}</li>`).join('')}</ul></section>
</main>
</body>
</html>
`;
}

const isGolden = ({ chosenOn }: ReportRow): boolean => chosenOn === 'test';

const section = (heading: string, plot: string, caption: string): string =>
  `<section><h2>${escapeXml(heading)}</h2><figure><div class="wide">${plot}</div><figcaption>${escapeXml(caption)}</figcaption></figure></section>`;

function factsOf({ data, seed, solver, seconds }: RatingsReport): string {
  const facts: [string, string][] = [
    ['Ratings to train on', data.train.toLocaleString('en-US')],
    ['Held out', data.test.toLocaleString('en-US')],
    ['Titles', data.titles.toLocaleString('en-US')],
    ['People asked', data.people.toLocaleString('en-US')],
    ['Seed', String(seed)],
    ['Solver', solver],
    ['Time', `${seconds.toFixed(1)} s`],
    ['SHA-256 of the data', data.sha256],
  ];
  return `<dl>${facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${escapeXml(value)}</dd></div>`).join('')}</dl>`;
}

function intervalsOf({ rows, published, primary }: RatingsReport): string {
  const ours = rows.map((row) => ({
    label: labelOf(row),
    value: row.metrics[primary]!,
    interval: row.intervals[primary]!,
    isGolden: isGolden(row),
  }));
  const theirs = published
    .filter(({ metrics }) => metrics[primary] !== undefined)
    .map(({ algorithm, metrics }) => ({ label: algorithm, value: metrics[primary]!, isGolden: false }));
  return intervalPlot([...ours, ...theirs], primary);
}

function coverageOf({ rows }: RatingsReport): string {
  const names = Object.keys(rows[0]!.metrics);
  const coverage = names.find((name) => name.startsWith('coverage'))!;
  const popularity = names.find((name) => name.startsWith('meanPopularity'))!;
  const points = rows.map((row) => ({
    label: labelOf(row),
    x: row.metrics[popularity]!,
    y: row.metrics[coverage]!,
    isGolden: isGolden(row),
  }));
  return scatterPlot(points, { x: `mean popularity of what is shown (ratings in training)`, y: coverage });
}

function groupsOf({ rows, groups, primary }: RatingsReport): string {
  const shown = rows.flatMap((row, at) => (isGolden(row) ? [] : [at]));
  const labels = shown.map((at) => labelOf(rows[at]!));
  const bars = groups.map(({ ratingsFrom, ratingsTo, people, means }) => ({
    label: `${ratingsFrom}–${ratingsTo} (${people} people)`,
    values: shown.map((at) => means[at]!),
  }));
  const legend = labels
    .map((label, at) => `<li><span class="series${at % 6}"></span>${escapeXml(label)}</li>`)
    .join('');
  return `${groupPlot(bars, labels, primary)}<ul class="legend">${legend}</ul>`;
}

function resultsTable({ rows, published }: RatingsReport): string {
  const names = Object.keys(rows[0]!.metrics);
  const number = (value: number) => (value >= 10 ? value.toFixed(1) : value.toFixed(4));
  const cell = (row: ReportRow, name: string) => {
    const interval = row.intervals[name];
    const range = interval ? `<small>${number(interval[0])}–${number(interval[1])}</small>` : '';
    return `<td>${number(row.metrics[name]!)}${range}</td>`;
  };
  const ours = rows.map(
    (row) =>
      `<tr><th scope="row">${escapeXml(labelOf(row))}</th><td>${row.chosenOn}</td>${names.map((name) => cell(row, name)).join('')}</tr>`,
  );
  const theirs = published.map(
    ({ algorithm, source, metrics }) =>
      `<tr class="published"><th scope="row" title="${escapeXml(source)}">${escapeXml(algorithm)}</th><td>published</td>${names.map((name) => `<td>${metrics[name] === undefined ? '' : number(metrics[name])}</td>`).join('')}</tr>`,
  );
  const head = ['', 'chosen on', ...names].map((name) => `<th scope="col">${escapeXml(name)}</th>`).join('');
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${[...ours, ...theirs].join('')}</tbody></table></div>`;
}

function comparisonTable({ significance }: RatingsReport): string {
  const rows = significance.map(
    ({ better, worse, metric, difference, p }) =>
      `<tr><th scope="row">${better} against ${worse}</th><td>${metric}</td><td>${difference >= 0 ? '+' : ''}${difference.toFixed(4)}</td><td>${p.toFixed(4)}</td></tr>`,
  );
  return `<div class="wide"><table><thead><tr><th></th><th scope="col">measure</th><th scope="col">difference</th><th scope="col">p (paired randomisation)</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

const STYLE = `
:root{color-scheme:light dark;--page:#faf8f4;--ink:#1f1d1a;--soft:#6b665e;--rule:#ddd7cc;--main:#9c2f2f}
@media(prefers-color-scheme:dark){:root{--page:#161513;--ink:#ece7de;--soft:#a49d92;--rule:#37332d;--main:#e58a7b}}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:760px;margin:0 auto;padding:32px 16px}
h1{font-size:1.7rem;line-height:1.2;margin:0}h1,p,li{overflow-wrap:anywhere}h2{font-size:1.15rem;margin:40px 0 8px}
.lead,figcaption,small,.published{color:var(--soft)}figure{margin:0}figcaption{font-size:.85rem}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(160px,1fr));gap:12px;margin:24px 0}
dl div:last-child{grid-column:1/-1}dt{font-size:.8rem;color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
svg{display:block;width:100%;min-width:560px;height:auto}svg text{font-size:12px;fill:var(--ink)}svg .name{fill:var(--soft)}
.grid{stroke:var(--rule)}.leader{stroke:var(--soft);stroke-width:.75}.curve{fill:none;stroke:var(--main);stroke-width:2}
circle.point{fill:var(--main)}circle.golden{fill:var(--page);stroke:var(--main);stroke-width:2}circle.published{fill:var(--soft)}
.whisker{stroke:var(--main);stroke-width:2;opacity:.55}
.series0{fill:#8b8578;background:#8b8578}.series1{fill:#c9a24b;background:#c9a24b}.series2{fill:#4c7fa6;background:#4c7fa6}
.series3{fill:#4f9472;background:#4f9472}.series4{fill:#b5483f;background:#b5483f}.series5{fill:#7d5ba6;background:#7d5ba6}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 16px;padding:0;margin:4px 0;font-size:.85rem}
.legend span{display:inline-block;width:12px;height:12px;margin-right:6px}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums}
th,td{padding:4px 8px;text-align:right;border-bottom:1px solid var(--rule);vertical-align:top}
th[scope=row],thead th:first-child{text-align:left;white-space:nowrap;font-weight:500}small{display:block;white-space:nowrap}
`;
