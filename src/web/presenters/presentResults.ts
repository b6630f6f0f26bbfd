import { reachTop } from '../../../static/js/crossingChart.js';
import type { Profile, Run, Shortfall, Title } from '../../domain.ts';
import type { ChatModelFacts } from '../../llm/chatModel.ts';
import { partsOf } from '../../services/recommend/blendCandidates.ts';
import { listRun } from '../../services/recommend/finishRun.ts';
import { presentAsk, type AskBox, type AskContext } from './presentAsk.ts';
import { presentCard, type CardContext, type TitleCard } from './presentCard.ts';
import { presentDesk, type Desk } from './presentDesk.ts';
import type { LinkPreview } from './presentPreview.ts';
import { presentSharing, type Sharing } from './presentSharing.ts';
import type { PosterVariants } from './presentShelf.ts';
import { presentUnderstood, filterChips, type UnderstoodView } from './presentUnderstood.ts';

/** What changes while a list is being made (views/partials/results-region.ejs). */
export interface ResultsRegion {
  runId: string;
  understood: UnderstoodView;
  desk: Desk | null;
  deskNote: string | null;
  cards: TitleCard[];
  /** Cards that are not there yet: grey, of the same height. */
  skeletons: number;
  isRunning: boolean;
  shortfall: string | null;
  empty: {
    text: string;
    dropped: string | null;
    after: string;
    button: { drop: string; label: string } | null;
  } | null;
  /** What the browser needs to re-rank: see static/js/slider.js. */
  ranking: string;
}

export interface ResultsPage extends ResultsRegion {
  title: string;
  styles: string[];
  scripts: string[];
  isPrivate: true;
  refreshSeconds: number | null;
  ask: AskBox;
  state: Run['state'];
  progressLine: string;
  share: Sharing | null;
  preview: LinkPreview | null;
  heading: string;
  /** Said to those the list was shared with. */
  guestNote: string | null;
}

export interface ResultsContext extends AskContext {
  titleOf: (movieId: number) => Title | undefined;
  profile: Profile;
  chatModels: readonly ChatModelFacts[];
  posterVariants: PosterVariants;
  isOwner: boolean;
  publicUrl: string;
  /** How many titles would be left without the tightest filter. */
  leftWithout?: number;
}

/** Cards kept ready beyond the list, so that one can move up when a title is hidden. */
const SPARE = 4;
const SKELETONS = 6;

export function presentResults(run: Run, importance: number, context: ResultsContext): ResultsPage {
  const { request } = run;
  const region = presentResultsRegion(run, importance, context);
  const sharing = presentSharing(run, region.cards, context);
  const heading = context.isOwner ? 'Your list' : 'A list';
  return {
    ...region,
    ...sharing,
    title: context.isOwner ? heading : (sharing.preview?.title ?? heading),
    heading,
    guestNote:
      context.isOwner || !run.isShared
        ? null
        : 'This list was shared with you. Change the words and ask again, and it is yours; what you rate here counts for you.',
    styles: ['ask', 'results', 'desk'],
    scripts: ['askForm', 'slider', ...(run.state === 'running' ? ['liveRun'] : [])],
    isPrivate: true,
    refreshSeconds: run.state === 'running' ? 2 : null,
    ask: presentAsk(
      {
        prompt: request.prompt ?? '',
        k: String(request.k),
        importance: String(importance),
        isAuto: request.importance === undefined,
        usePastRatings: request.usePastRatings,
        chatModel: request.chatModel ?? '',
      },
      context,
      { isCompact: true },
    ),
    state: run.state,
    progressLine: 'Reading your prompt',
  };
}

export function presentResultsRegion(whole: Run, importance: number, context: ResultsContext): ResultsRegion {
  const run = withoutHidden(whole, context.profile);
  const nameOf = (movieId: number) => context.titleOf(movieId)?.title ?? `title ${movieId}`;
  const modelLabel = context.chatModels.find(({ id }) => id === run.scoring.chatModel)?.label ?? null;
  const parts = run.candidates.map(partsOf);
  const cards = presentCards(run, importance, context, modelLabel);
  const isRunning = run.state === 'running';
  return {
    runId: run.runId,
    understood: presentUnderstood(run, nameOf, context.chatModels),
    ...renameNote(presentDesk(run, parts, importance, { nameOf, modelLabel })),
    cards,
    skeletons: isRunning && cards.length === 0 ? Math.min(run.request.k, SKELETONS) : 0,
    isRunning,
    shortfall: cards.length > 0 && run.shortfall ? sayShortfall(run.shortfall, cards.length) : null,
    empty: !isRunning && cards.length === 0 ? sayEmpty(run, context.leftWithout) : null,
    ranking: JSON.stringify({
      k: run.request.k,
      kind: run.scoring.blend,
      importance,
      left: run.scoring.fit === 'tags' ? 'your tags' : 'your words',
      candidates: parts.map(({ movieId, taste, fit, popularity }) => [movieId, taste, fit, popularity]),
    }),
  };
}

const renameNote = ({ desk, note }: { desk: Desk | null; note: string | null }) => ({ desk, deskNote: note });

/** What was hidden since the list was made is gone from it, and the list refills. */
function withoutHidden(run: Run, profile: Profile): Run {
  const hidden = new Set(profile.hidden);
  if (hidden.size === 0) return run;
  const order = run.diverseOrder?.filter((movieId) => !hidden.has(movieId));
  return {
    ...run,
    candidates: run.candidates.filter(({ movieId }) => !hidden.has(movieId)),
    ...(order ? { diverseOrder: order } : {}),
  };
}

/** The list, then every other title that the slider can bring onto it, unseen. */
function presentCards(
  run: Run,
  importance: number,
  context: ResultsContext,
  modelLabel: string | null,
): TitleCard[] {
  const listed = listRun(run, importance);
  const onList = new Set(listed.map(({ candidate }) => candidate.movieId));
  const canMove = run.request.diversity === 0;
  const reachable = canMove
    ? new Set(
        reachTop(run.candidates.map(partsOf), run.request.k + SPARE, run.scoring.blend).map(
          ({ movieId }) => movieId,
        ),
      )
    : new Set<number>();
  const outside = run.candidates
    .filter(({ movieId }) => reachable.has(movieId) && !onList.has(movieId))
    .map((candidate) => ({ rank: 0, score: 0, candidate }));
  const rows = [...listed, ...outside].flatMap((row) => {
    const title = context.titleOf(row.candidate.movieId);
    return title ? [{ ...row, title }] : [];
  });
  const variants = context.posterVariants(rows.map(({ title }) => title));
  const variantOf = new Map(rows.map(({ title }, at) => [title.movieId, variants[at] ?? 0]));
  const cardContext = {
    ...cardContextOf(run, context, modelLabel),
    next: addressOf(run, importance),
    posterVariantOf: (movieId: number) => variantOf.get(movieId) ?? 0,
  };
  return rows.map(({ candidate, title, rank, score }) =>
    presentCard(candidate, title, { rank, score, isOutside: rank === 0 }, cardContext),
  );
}

function cardContextOf(
  run: Run,
  context: ResultsContext,
  modelLabel: string | null,
): Omit<CardContext, 'next' | 'posterVariantOf'> {
  const stars = new Map(context.profile.ratings.map(({ movieId, rating }) => [movieId, rating]));
  for (const { movieId, rating } of run.understood.opinions) stars.set(movieId, rating);
  for (const given of run.request.ratings) if ('movieId' in given) stars.set(given.movieId, given.rating);
  return {
    titleOf: context.titleOf,
    ratingOf: (movieId) => stars.get(movieId),
    profile: context.profile,
    fit: run.scoring.fit,
    taste: run.scoring.taste,
    modelLabel,
    isSlim: run.page === 'lite',
  };
}

/** The list as it is looked at: in the order of that importance. */
const addressOf = ({ page, runId, scoring }: Run, importance: number): string =>
  `/${page}/${runId}${importance === scoring.importance ? '' : `?importance=${importance}`}`;

function sayShortfall({ wanted }: Shortfall, left: number): string {
  return `You asked for ${wanted}; ${left === 1 ? 'one title is' : `${left} titles are`} left after your filters and what you have seen.`;
}

/** These are called by their value: "Drop *French*"; the others by the words of their chip: "Drop *no Horror*". */
const NAMED_BY_VALUE: ReadonlySet<string> = new Set(['genres', 'providers', 'countries', 'languages', 'people']); // prettier-ignore

/** "Nothing left. Drop *French* to get 14." */
function sayEmpty(run: Run, leftWithout: number | undefined): ResultsRegion['empty'] {
  const tightest = run.shortfall?.tightest;
  const chips = filterChips(run.understood.filters).filter(({ filters }) =>
    filters.some((filter) => filter === tightest),
  );
  const [first] = chips;
  if (!first)
    return {
      text:
        run.state === 'failed'
          ? 'This list could not be made. Ask again'
          : 'Nothing left. Ask for something wider',
      dropped: null,
      after: '.',
      button: null,
    };
  const name = chips
    .map(({ filters, fields, text }) => (NAMED_BY_VALUE.has(filters[0]!) ? fields[0]!.value : text))
    .join(', ');
  const button = { drop: first.dropAll, label: `Drop ${name}` };
  if (leftWithout === undefined)
    return { text: 'Nothing left. Drop ', dropped: name, after: ' to get more.', button };
  return leftWithout === 0
    ? { text: 'Nothing left. Begin by dropping ', dropped: name, after: '; another filter stands in the way too.', button } // prettier-ignore
    : { text: 'Nothing left. Drop ', dropped: name, after: ` to get ${leftWithout.toLocaleString('en')}.`, button }; // prettier-ignore
}
