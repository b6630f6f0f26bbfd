import type { Run, Title } from '../../domain.ts';
import type { LiteForm, LiteValues, TypedRow } from '../routes/liteForm.ts';
import type { LinkPreview } from './presentPreview.ts';
import { presentResultsRegion, type ResultsContext, type ResultsRegion } from './presentResults.ts';
import { presentSharing, type Sharing } from './presentSharing.ts';
import { countOf } from './wording.ts';

/** One title picked, with its stars (views/partials/lite-pick.ejs). */
interface PickedTitle {
  movieId: number | string;
  name: string;
  year: number | string;
  rating: number;
}

interface PickedTag {
  name: string;
  /** "heist:1". */
  value: string;
  isWanted: boolean;
}

interface TypedField {
  said: string;
  value: number;
  error: string | null;
  suggestions: { fix: string; label: string }[];
}

interface LitePage {
  title: string;
  isPrivate: boolean;
  styles: string[];
  scripts: string[];
  form: {
    picks: PickedTitle[];
    tags: PickedTag[];
    titleRows: TypedField[];
    tagRows: TypedField[];
    importance: {
      value: string;
      id: string;
      leftLabel: string;
      rightLabel: string;
      leftMethod: string;
      rightMethod: string;
    };
    k: string;
    past: { label: string; isDisabled: boolean; isChecked: boolean; offersLogin: boolean };
    errors: LiteForm['errors'];
    smallPrint: string;
    /** A link brought something along and no list is there yet: scripts ask for one at once. */
    isReadyToRun: boolean;
  };
  /** null before the first list. */
  region: ResultsRegion | null;
  /** How the list was made. */
  how: string | null;
  /** "12 titles". */
  count: string | null;
  /** What could not be weighed, and why. */
  note: string | null;
  /** What the slider has moved. */
  sentence: string | null;
  share: Sharing | null;
  preview: LinkPreview | null;
  isAsked: boolean;
}

export interface LiteContext {
  titleOf: (movieId: number) => Title | undefined;
  isSignedIn: boolean;
  ratingsKnown: number;
  titleCount: number;
}

/** Empty rows offered where no script runs. */
const SPARE_TITLES = 3;
const SPARE_TAGS = 2;

export function presentLiteForm(
  values: LiteValues,
  context: LiteContext,
  errors: LiteForm['errors'] = {},
): LitePage {
  const { isSignedIn, ratingsKnown } = context;
  return {
    title: 'Lite',
    isPrivate: false,
    styles: ['results', 'desk', 'lite'],
    scripts: ['slider', 'litePicker'],
    form: {
      picks: values.ratings.flatMap(({ movieId, rating }) => {
        const title = context.titleOf(movieId);
        return title ? [{ movieId, name: title.title, year: title.year, rating }] : [];
      }),
      tags: values.tags.map(({ name, weight }) => ({
        name,
        value: `${name}:${weight}`,
        isWanted: weight > 0,
      })),
      titleRows: typedFields(values.titleRows, 'title', SPARE_TITLES, 5),
      tagRows: typedFields(values.tagRows, 'tag', SPARE_TAGS, 1),
      importance: {
        value: values.importance,
        id: 'importance',
        leftLabel: 'your tags',
        rightLabel: 'your taste',
        leftMethod: 'tags',
        rightMethod: 'recommender, EASE',
      },
      k: values.k,
      past: {
        label: pastLabel(isSignedIn, ratingsKnown),
        isDisabled: ratingsKnown === 0,
        isChecked: ratingsKnown > 0 && values.usePastRatings,
        offersLogin: !isSignedIn && ratingsKnown === 0,
      },
      errors,
      smallPrint: `No language model on this page. Your titles and tags meet ${countOf(context.titleCount, 'title', 'titles')} by arithmetic alone.`,
      isReadyToRun: values.ratings.length + values.tags.length > 0,
    },
    region: null,
    how: null,
    count: null,
    note: null,
    sentence: null,
    share: null,
    preview: null,
    isAsked: false,
  };
}

export function presentLiteRun(
  run: Run,
  importance: number,
  values: LiteValues,
  context: LiteContext & ResultsContext,
): LitePage {
  const page = presentLiteForm(values, context);
  const region = presentResultsRegion(run, importance, context);
  const sharing = presentSharing(run, region.cards, context);
  return {
    ...page,
    ...sharing,
    title: context.isOwner ? page.title : (sharing.preview?.title ?? page.title),
    isPrivate: true,
    form: { ...page.form, isReadyToRun: false },
    region,
    how: howLine(run),
    count: countOf(region.cards.filter(({ isOutside }) => !isOutside).length, 'title', 'titles'),
    note: noteOf(run),
    sentence: region.desk?.sentence ?? null,
    isAsked: true,
  };
}

/** "EASE + tags · 0.01 s". */
function howLine({ scoring, usage }: Run): string {
  const taste = { cf: 'EASE', popularity: 'popularity', none: '' }[scoring.taste];
  const fit = scoring.fit === 'tags' ? 'tags' : '';
  const method = [taste, fit].filter((part) => part !== '').join(' + ') || 'popularity';
  return `${method} · ${Math.max(usage.ms / 1000, 0.001).toFixed(usage.ms < 10 ? 3 : 2)} s`;
}

/** Said when one of the two sides is missing. */
function noteOf({ scoring, candidates, request }: Run): string | null {
  if (candidates.length === 0) return null;
  const hasStars = request.ratings.length > 0 || request.usePastRatings;
  const isPopular = scoring.taste === 'popularity';
  if (scoring.fit === 'none' && isPopular && !hasStars)
    return 'Nothing was picked, so these are the most widely loved.';
  if (isPopular && hasStars)
    return 'Nothing is known of your titles yet, so taste means what is widely loved.';
  if (isPopular) return 'No stars to go by, so taste means what is widely loved.';
  return scoring.fit === 'none' ? 'No tags count, so your taste alone decides the order.' : null;
}

function typedFields(
  rows: readonly TypedRow[],
  kind: 'title' | 'tag',
  spare: number,
  usual: number,
): TypedField[] {
  const typed = rows.map(({ said, value, suggestions }, at) => ({
    said,
    value,
    error: `Nothing goes by “${said}” here.`,
    suggestions: suggestions.map(({ key, label }) => ({ fix: `${kind}.${at}.${key}`, label })),
  }));
  const empty = { said: '', value: usual, error: null, suggestions: [] };
  return [...typed, ...Array.from({ length: Math.max(1, spare - typed.length) }, () => empty)];
}

function pastLabel(isSignedIn: boolean, known: number): string {
  if (known === 0) return isSignedIn ? 'use my ratings too (none yet)' : 'use my past ratings too';
  return isSignedIn
    ? `use my ${countOf(known, 'rating', 'ratings')} too`
    : `use the ${countOf(known, 'rating', 'ratings')} this browser holds too`;
}
