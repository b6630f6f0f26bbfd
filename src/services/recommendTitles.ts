import type { RecommendationRequest, Run } from '../domain.ts';
import type { Library } from './library.ts';
import { blendCandidates, fillByText, type RawFit } from './recommend/blendCandidates.ts';
import { settleOrder } from './recommend/finishRun.ts';
import { allowedRows, gatherCandidates, scoreTaste, type Taste } from './recommend/gatherCandidates.ts';
import { gatherKnown, type Known } from './recommend/known.ts';
import { askModel, bestByTextBlend } from './recommend/askModel.ts';
import { readPrompt } from './recommend/readPrompt.ts';
import { emptyUnderstanding, type Asker, type ModelAccess, type ReportProgress } from './recommend/runs.ts';
import { preferencesText, scoreLocalFit, type LocalFit } from './recommend/scoreFit.ts';
import { importanceByEvidence } from '../recommender/importance.ts';

/**
 * How a prompt becomes a list (docs/architecture.md): understand, resolve, gather candidates, score fit, blend,
 * explain. Fills the run that was started for it and settles it; a language model that is absent, slow or wrong makes the list
 * plainer, never fails it.
 * @param signal the deadline of all model work, and the stop button
 */
export async function recommendTitles(
  run: Run,
  library: Library,
  asker: Asker,
  access: ModelAccess,
  signal: AbortSignal,
  report: ReportProgress = () => {},
): Promise<Run> {
  const started = performance.now();
  const { request } = run;
  if (request.prompt && access.understand && !request.understanding)
    report({ line: 'Reading your prompt', done: 0, total: 0, run });
  const reading = await understand(request, library, access, signal);
  const known = gatherKnown(request, reading.understood, asker.profile, library);
  noteReading(run, reading, known);

  const taste = scoreTaste(library, known.ratings, request.popularity);
  run.scoring.taste = taste.method;
  const isFitAsked = run.scoring.importance < 100;
  const fit = isFitAsked ? scoreLocalFit(request, known, library, taste.values) : null;
  run.scoring.fit = fit?.method ?? 'none';

  const isAllowed = allowedRows(library, known.excluded, known.filters);
  const rows = gatherCandidates(taste.values, fit?.values ?? null, isAllowed, request.k);
  const isForModel = fit?.method === 'text';
  if (isForModel && access.refusal) run.scoring.degraded ??= access.refusal;
  if (isForModel && access.score && !access.refusal)
    await scoreByModel(run, { library, known, taste, fit, rows, access, signal, report });
  else run.candidates = blendCandidates(library, rows, taste, fit && rows.map(fit.of), request.blend);

  settleOrder(run, library);
  run.usage.ms = Math.round(performance.now() - started);
  run.state = 'done';
  return run;
}

async function understand(
  request: RecommendationRequest,
  library: Library,
  access: ModelAccess,
  signal: AbortSignal,
): ReturnType<typeof readPrompt> {
  const none = { calls: 0, promptTokens: 0, completionTokens: 0 };
  if (request.understanding) return { understood: request.understanding, ...none };
  if (!request.prompt?.trim()) return { understood: emptyUnderstanding(), ...none };
  return readPrompt(
    request.prompt,
    library,
    access.refusal ? { ...access, understand: null } : access,
    signal,
  );
}

/** What is known after reading: chips, importance, cost so far. */
function noteReading(run: Run, reading: Awaited<ReturnType<typeof readPrompt>>, known: Known): void {
  run.understood = known.understood;
  run.usage.calls += reading.calls;
  run.usage.promptTokens += reading.promptTokens;
  run.usage.completionTokens += reading.completionTokens;
  if (reading.degraded) run.scoring.degraded = reading.degraded;
  if (run.request.importance !== undefined) return;
  const hasPreferences = known.understood.preferences.trim() !== '' || known.wantedTags.size > 0;
  const { importance, reason } = importanceByEvidence(known.ratings.length, hasPreferences);
  run.scoring.importance = importance;
  run.scoring.importanceReason = reason;
}

interface ModelScoring {
  library: Library;
  known: Known;
  taste: Taste;
  fit: LocalFit;
  rows: number[];
  access: ModelAccess;
  signal: AbortSignal;
  report: ReportProgress;
}

/** The chat model scores the best candidates; what it leaves out is filled in by text, and says so. */
async function scoreByModel(run: Run, scoring: ModelScoring): Promise<void> {
  const { library, known, taste, fit, rows, access, report } = scoring;
  const { asked, rest } = bestByTextBlend(run, library, rows, taste, fit);
  const scored = new Map<number, { score: number; reason: string }>();
  const settle = () => {
    const textOf = (row: number) => library.catalogue.text.matched(preferencesText(known, library), row);
    const fits: RawFit[] | null =
      scored.size === 0 ? null : fillByText([...asked, ...rest], scored, fit.values, textOf);
    const shown = fits ? [...asked, ...rest] : rows;
    run.scoring.fit = fits ? 'llm' : 'text';
    run.candidates = blendCandidates(library, shown, taste, fits ?? shown.map(fit.of), run.request.blend);
  };
  settle();
  report({ line: `Reading ${asked.length} plots`, done: 0, total: asked.length, run });
  const outcome = await askModel({
    model: access.score!,
    preferences: preferencesText(known, library),
    ratings: known.ratings,
    rows: asked,
    library,
    signal: scoring.signal,
    access,
    seed: run.runId,
    onScores: (scores) => {
      for (const [row, score] of scores) scored.set(row, score);
      settle();
      report({
        line: `Reading ${asked.length} plots: ${scored.size} done`,
        done: scored.size,
        total: asked.length,
        run,
      });
    },
  });
  settle();
  run.scoring.chatModel = access.score!.facts.id;
  run.usage.calls += outcome.calls;
  run.usage.cachedCalls += outcome.cachedCalls;
  run.usage.promptTokens += outcome.promptTokens;
  run.usage.completionTokens += outcome.completionTokens;
  const missing = asked.length - scored.size + rest.length;
  if (run.scoring.degraded) return;
  if (outcome.failure && scored.size === 0) run.scoring.degraded = { ...outcome.failure, stage: 'score' };
  else if (missing > 0)
    run.scoring.degraded = {
      code: 'partial',
      reason: `${scored.size} titles read by the language model, ${missing} matched on text.`,
      stage: 'score',
    };
}
