import type { Degraded, Run } from '../domain.ts';
import { blendCandidates, fillByText, type RawFit } from './recommend/blendCandidates.ts';
import { settleOrder } from './recommend/finishRun.ts';
import { askModel, chooseAsked, scoringTask } from './recommend/askModel.ts';
import { hideOwnName } from './recommend/hideOwnName.ts';
import { prepareList, type Prepared } from './recommend/prepareList.ts';
import { readPrompt, type Reading } from './recommend/readPrompt.ts';
import { emptyUnderstanding, type Making } from './recommend/runs.ts';
import { preferencesText, type LocalFit } from './recommend/scoreFit.ts';

/**
 * How a prompt becomes a list (docs/architecture.md): understand, resolve, gather candidates, score fit, blend,
 * explain. Fills the run that was started for it and settles it; a language model that is absent, slow or wrong makes
 * the list plainer, never fails it.
 */
export async function recommendTitles(run: Run, making: Making): Promise<Run> {
  const started = performance.now();
  const { library, access } = making;
  const { request } = run;
  const { understood, degraded } = await understand(run, making);
  if (degraded) run.scoring.degraded = degraded;
  const prepared = prepareList(run, understood, library, making.asker);

  const { taste, fit, rows } = prepared;
  const isForModel = fit?.method === 'text';
  if (isForModel && access.refusal) run.scoring.degraded ??= access.refusal;
  if (isForModel && access.score && !access.refusal) await scoreByModel(run, making, { ...prepared, fit });
  else run.candidates = blendCandidates(library, rows, taste, localFits(run, fit, rows), request.blend);
  if (isForModel && run.scoring.fit === 'none') sayNothingFound(run);

  settleOrder(run, library, prepared.known.excluded);
  run.usage.ms = Math.round(performance.now() - started);
  run.state = 'done';
  return run;
}

/** Fit without a language model. Where it found nothing there is none: a number for every title alike would claim a match. */
function localFits(run: Run, fit: LocalFit | null, rows: readonly number[]): RawFit[] | null {
  const isFound = fit !== null && !fit.foundNothing;
  run.scoring.fit = isFound ? fit.method : 'none';
  return isFound ? rows.map(fit.of) : null;
}

function sayNothingFound({ scoring }: Run): void {
  const order = scoring.taste === 'popularity' ? 'popularity' : 'taste';
  const found = `None of the words was found in the catalogue: ordered by ${order}.`;
  if (scoring.degraded)
    scoring.degraded = { ...scoring.degraded, reason: `${scoring.degraded.reason} ${found}` };
}

async function understand(run: Run, making: Making): Promise<Reading> {
  const { request } = run;
  const { access, report } = making;
  if (request.understanding) return { understood: request.understanding };
  if (!request.prompt?.trim()) return { understood: emptyUnderstanding() };
  if (access.understand && !access.refusal) report?.({ line: 'Reading your prompt', done: 0, total: 0, run });
  return readPrompt(request.prompt, making);
}

/** The chat model scores the best candidates; what it leaves out is filled in by text, and says so. */
async function scoreByModel(
  run: Run,
  making: Making,
  { known, taste, fit, rows }: Prepared & { fit: LocalFit },
): Promise<void> {
  const { library, access, report } = making;
  const preferences = preferencesText(known, library);
  const { asked, rest } = chooseAsked(run, library, rows, taste, fit, making.isSteerable);
  const scored = new Map<number, { score: number; reason: string }>();
  const textOf = library.catalogue.text.matcher(preferences);
  const settle = () => {
    const fits = scored.size === 0 ? null : fillByText([...asked, ...rest], scored, fit.values, textOf);
    const shown = fits ? [...asked, ...rest] : rows;
    if (fits) run.scoring.fit = 'llm';
    const parts = fits ?? localFits(run, fit, shown);
    run.candidates = blendCandidates(library, shown, taste, parts, run.request.blend);
  };
  const tell = (line: string) => report?.({ line, done: scored.size, total: asked.length, run });
  settle();
  tell(`Reading ${asked.length} plots`);
  const outcome = await askModel({
    model: access.score!,
    task: scoringTask(library, known, hideOwnName(preferences, making.asker, library), asked),
    library,
    deadline: making.deadline,
    access,
    seed: run.runId,
    onScores: (scores) => {
      for (const [row, score] of scores) scored.set(row, score);
      settle();
      tell(`Reading ${asked.length} plots: ${scored.size} done`);
    },
  });
  settle();
  run.usage.cachedCalls += outcome.cachedCalls;
  if (scored.size > 0) run.scoring.chatModel = access.score!.facts.id;
  noteScoring(run, outcome.failure, { asked: asked.length, scored: scored.size });
}

/** The first failure wins; titles that were asked for and are missing make the list partial. */
function noteScoring(
  run: Run,
  failure: { code: Degraded['code']; reason: string } | undefined,
  { asked, scored }: { asked: number; scored: number },
): void {
  if (run.scoring.degraded) return;
  if (failure && scored === 0)
    run.scoring.degraded = { ...failure, reason: `${failure.reason} Matched on text.`, stage: 'score' };
  else if (failure) run.scoring.degraded = { ...failure, stage: 'score' };
  else if (run.request.k > asked && run.candidates.length > asked)
    run.scoring.degraded = {
      code: 'partial',
      reason: `The language model read ${asked} titles; the rest were matched on text.`,
      stage: 'score',
    };
}
