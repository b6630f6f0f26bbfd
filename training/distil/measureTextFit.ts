/**
 * How well the text fit finds titles by mood: Recall@10 and MRR over queries with one target each, on real titles with
 * TMDB facts. Even queries tune, odd queries report (`--half tune|report|all`).
 *   node --import tsx training/distil/measureTextFit.ts DATA_DIRECTORY [--titles facts|all] [--half report] [--settings '{"wordShare": 0.4}'] [--no-vectors] [--sample 500]
 * DATA_DIRECTORY holds genome_2021_sample.zip (unpacked beside it or as it is), links.csv,
 * millions_of_movies_sample.csv.gz and eval/vibe_queries_dev.jsonl.
 */
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { TextFit } from '../../src/retrieval/textFit.ts';
import type { TextFitSettings } from '../../src/retrieval/textIndex.ts';
import { readCorpus, readQueries, type Query, type RealTitle } from './realCorpus.ts';

export interface Measured {
  queries: number;
  recallAt10: number;
  meanReciprocalRank: number;
  millisecondsPerQuery: number;
}

export function measure(fit: TextFit, titles: readonly RealTitle[], queries: readonly Query[]): Measured {
  const rowOf = new Map(titles.map(({ tmdbId }, row) => [tmdbId, row]));
  const scores = new Float32Array(titles.length);
  const measured = { queries: 0, recallAt10: 0, meanReciprocalRank: 0, millisecondsPerQuery: 0 };
  for (const { query, tmdbId } of queries) {
    const target = rowOf.get(tmdbId);
    if (target === undefined) continue;
    const started = performance.now();
    fit.score(query, scores);
    measured.millisecondsPerQuery += performance.now() - started;
    measured.queries++;
    const own = scores[target]!;
    let rank = 1;
    if (own > 0)
      for (let row = 0; row < scores.length; row++)
        if (scores[row]! > own || (scores[row] === own && row < target)) rank++;
    if (own <= 0) continue;
    if (rank <= 10) measured.recallAt10++;
    measured.meanReciprocalRank += 1 / rank;
  }
  for (const key of ['recallAt10', 'meanReciprocalRank', 'millisecondsPerQuery'] as const)
    measured[key] /= measured.queries || 1;
  return measured;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      titles: { type: 'string', default: 'all' },
      half: { type: 'string', default: 'report' },
      settings: { type: 'string', default: '{}' },
      'no-vectors': { type: 'boolean', default: false },
    },
  });
  const directory = positionals[0];
  if (!directory) {
    process.stderr.write(
      'usage: measureTextFit.ts DATA_DIRECTORY [--titles facts|all] [--half tune|report|all] [--settings JSON] [--no-vectors]\n',
    );
    process.exit(2);
  }
  const titles = await readCorpus(directory, values.titles === 'facts');
  const queries = readQueries(directory).filter(
    (_, at) => values.half === 'all' || at % 2 === (values.half === 'tune' ? 0 : 1),
  );
  const settings = JSON.parse(values.settings) as Partial<TextFitSettings>;
  const started = performance.now();
  const fit = TextFit.build(titles, { settings, ...(values['no-vectors'] ? { vectors: null } : {}) });
  const buildMs = Math.round(performance.now() - started);
  process.stdout.write(
    `${JSON.stringify({ titles: titles.length, buildMs, ...measure(fit, titles, queries) })}\n`,
  );
}
