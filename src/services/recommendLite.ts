import type { Run } from '../domain.ts';
import type { Library } from './library.ts';
import { importanceByEvidence } from '../recommender/importance.ts';
import { blendCandidates } from './recommend/blendCandidates.ts';
import { settleOrder } from './recommend/finishRun.ts';
import { allowedRows, gatherCandidates, scoreTaste } from './recommend/gatherCandidates.ts';
import { gatherKnown } from './recommend/known.ts';
import { emptyUnderstanding, type Asker } from './recommend/runs.ts';
import { scoreLocalFit } from './recommend/scoreFit.ts';

/**
 * A list from rated titles and tags alone. It takes no chat model, so none can be used: "no language model" is in the
 * signature.
 */
export function recommendLite(run: Run, library: Library, asker: Asker): Run {
  const started = performance.now();
  const { request } = run;
  const known = gatherKnown(request, emptyUnderstanding(), asker.profile, library);
  run.understood = known.understood;
  const taste = scoreTaste(library, known.ratings, request.popularity);
  run.scoring.taste = taste.method;
  if (request.importance === undefined) {
    const { importance, reason } = importanceByEvidence(known.ratings.length, known.wantedTags.size > 0);
    run.scoring.importance = importance;
    run.scoring.importanceReason = reason;
  }
  const fit = run.scoring.importance < 100 ? scoreLocalFit(request, known, library, taste.values) : null;
  run.scoring.fit = fit?.method ?? 'none';
  const isAllowed = allowedRows(library, known.excluded, known.filters);
  const rows = gatherCandidates(taste.values, fit?.values ?? null, isAllowed, request.k);
  run.candidates = blendCandidates(library, rows, taste, fit && rows.map(fit.of), request.blend);
  settleOrder(run, library);
  run.usage.ms = Math.round(performance.now() - started);
  run.state = 'done';
  return run;
}
