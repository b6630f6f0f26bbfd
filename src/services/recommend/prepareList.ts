import type { Run, Understanding } from '../../domain.ts';
import { importanceByEvidence } from '../../recommender/importance.ts';
import type { Library } from '../library.ts';
import { allowedRows, gatherCandidates, scoreTaste, type Taste } from './gatherCandidates.ts';
import { gatherKnown, type Known } from './known.ts';
import type { Asker } from './runs.ts';
import { scoreLocalFit, type LocalFit } from './scoreFit.ts';

/** A list as far as it comes without a language model: what is known, both local parts, and the candidates. */
export interface Prepared {
  known: Known;
  taste: Taste;
  /** null: no fit is asked for (importance 100), or there is nothing to fit. */
  fit: LocalFit | null;
  /** Candidates, the best by taste first. */
  rows: number[];
}

/** From a prompt that was read to its candidates. Notes in the run what was understood and how it is scored. */
export function prepareList(run: Run, understood: Understanding, library: Library, asker: Asker): Prepared {
  const { request } = run;
  const known = gatherKnown(request, understood, asker.profile, library);
  run.understood = known.understood;
  if (request.importance === undefined) chooseImportance(run, known);
  const taste = scoreTaste(library, known.ratings, request.popularity);
  run.scoring.taste = taste.method;
  const isFitAsked = run.scoring.importance < 100;
  const fit = isFitAsked ? scoreLocalFit(request, known, library, taste.values) : null;
  run.scoring.fit = fit?.method ?? 'none';
  const isAllowed = allowedRows(library, known.excluded, known.filters);
  return {
    known,
    taste,
    fit,
    rows: gatherCandidates(taste.values, fit?.values ?? null, isAllowed, request.k),
  };
}

function chooseImportance(run: Run, known: Known): void {
  const hasPreferences = known.understood.preferences.trim() !== '' || known.wantedTags.size > 0;
  const { importance, reason } = importanceByEvidence(known.ratings.length, hasPreferences);
  run.scoring.importance = importance;
  run.scoring.importanceReason = reason;
}
