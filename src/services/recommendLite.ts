import type { Run } from '../domain.ts';
import type { Library } from './library.ts';
import { blendCandidates } from './recommend/blendCandidates.ts';
import { settleOrder } from './recommend/finishRun.ts';
import { prepareList } from './recommend/prepareList.ts';
import { emptyUnderstanding, type Asker } from './recommend/runs.ts';

/**
 * A list from rated titles and tags alone. It takes no chat model, so none can be used: "no language model" is in the
 * signature.
 */
export function recommendLite(run: Run, library: Library, asker: Asker): Run {
  const started = performance.now();
  const { known, taste, fit, rows } = prepareList(run, emptyUnderstanding(), library, asker);
  run.candidates = blendCandidates(library, rows, taste, fit && rows.map(fit.of), run.request.blend);
  settleOrder(run, library, known.excluded);
  run.usage.ms = Math.round(performance.now() - started);
  run.state = 'done';
  return run;
}
