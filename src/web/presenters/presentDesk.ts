import {
  countMoved,
  drawCrossings,
  NARROW,
  sayMoved,
  WIDE,
  type Chart,
} from '../../../static/js/crossingChart.js';
import type { Run } from '../../domain.ts';
import type { Parts } from '../../recommender/blend.ts';

/** The mixing desk: slider, one sentence, the chart of ranks (views/partials/desk.ejs). */
export interface Desk {
  /** Where the slider's form goes without JavaScript: the list's own address. */
  action: string;
  k: number;
  heading: string;
  hint: string;
  importance: {
    value: number;
    id: string;
    leftLabel: string;
    rightLabel: string;
    leftMethod: string;
    rightMethod: string;
    describedBy: string;
  };
  sentence: string;
  charts: { wide: Chart; narrow: Chart };
  chartLabel: string;
}

/** Either the desk, or a sentence that says why there is nothing to mix. */
export function presentDesk(
  run: Run,
  parts: readonly Parts[],
  importance: number,
  options: { nameOf: (movieId: number) => string; modelLabel: string | null },
): { desk: Desk | null; note: string | null } {
  const note = whyNothingToMix(run);
  if (note !== null || parts.length === 0) return { desk: null, note };
  const { k } = run.request;
  const isTags = run.scoring.fit === 'tags';
  const left = isTags ? 'your tags' : 'your words';
  const list = { k, kind: run.scoring.blend, importance };
  const isPopular = run.scoring.taste === 'popularity';
  return {
    desk: {
      action: `/${run.page}/${run.runId}`,
      k,
      heading: isTags ? 'Your tags or your taste?' : 'Your words or your taste?',
      hint: isPopular
        ? 'Slide it. You have rated nothing yet, so taste means what is widely loved.'
        : 'Slide it. Nothing is asked again: both scores are already here.',
      importance: {
        value: importance,
        id: 'importance',
        leftLabel: left,
        rightLabel: 'your taste',
        leftMethod: {
          llm: options.modelLabel ?? 'language model',
          text: 'text match',
          tags: 'tags',
          none: '',
        }[run.scoring.fit],
        rightMethod: isPopular ? 'popularity' : 'recommender, EASE',
        describedBy: 'moved',
      },
      sentence: sayMoved(countMoved(parts, importance, k, run.scoring.blend), left),
      charts: {
        wide: drawCrossings(parts, options.nameOf, list, WIDE),
        narrow: drawCrossings(parts, options.nameOf, list, NARROW),
      },
      chartLabel: `Rank of each title as the slider moves from ${left} alone to your taste alone. Lines cross where titles swap.`,
    },
    note: null,
  };
}

function whyNothingToMix(run: Run): string | null {
  const { scoring, request, candidates } = run;
  if (candidates.length === 0) return null;
  if (request.diversity > 0)
    return 'This list is ordered for variety: each title also differs from those above it, so there are no ranks to slide.';
  if (wereNoWordsFound(run))
    return `None of your words stand in the catalogue, whose plots and tags are in English: ${scoring.taste === 'popularity' ? 'these are the most widely loved titles' : 'your taste alone decides the order'}.`;
  if (scoring.fit === 'none' && scoring.taste === 'popularity') return whyPopular(run);
  if (scoring.fit === 'none')
    return request.importance === 100
      ? 'At 100 your taste alone decides, and your words were not scored. Ask again with less to mix them in.'
      : 'No wishes were found in your words, so your taste alone decides the order.';
  if (scoring.taste === 'none')
    return 'Nothing is known of your taste, so your words alone decide the order.';
  return null;
}

/** Neither words nor taste: what was missing, and what to do about it. */
function whyPopular({ understood, request }: Run): string {
  const { opinions, unmatched, filters } = understood;
  if (opinions.length > 0) return 'Nothing is known of what you named yet, so these are the most widely loved titles.';
  if (unmatched.length > 0) return 'What you named was not found, so these are the most widely loved titles. Pick what you meant above.';
  if (Object.keys(filters).length > 0) return 'No wish and no stars, so these are the most widely loved titles that your filters let through.';
  if (request.prompt) return 'Nothing in your words says what you are after, so these are the most widely loved titles. Name a film, a feeling, a place or a year.';
  return 'Nothing was asked for and nothing rated, so these are the most widely loved titles.';
} // prettier-ignore

/** There are wishes, and neither a language model nor text match made anything of them. */
const wereNoWordsFound = ({ scoring, request, understood }: Run): boolean =>
  scoring.fit === 'none' && request.importance !== 100 && understood.preferences.trim() !== '';
