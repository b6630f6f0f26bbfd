import { Router, type Request, type Response } from 'express';
import type { Profile, Run } from '../../domain.ts';
import { AppError, notFound } from '../../errors.ts';
import { countWithoutFilter } from '../../services/countWithoutFilter.ts';
import { previewModelUse } from '../../services/previewModelUse.ts';
import type { Asker } from '../../services/recommend/runs.ts';
import type { Viewer } from '../../services/runDesk.ts';
import { readAllowedModels } from '../allowedModels.ts';
import type { WebContext } from '../context.ts';
import { limitRate } from '../middleware/limits.ts';
import { COOKIES, hasVisitorCookie, keptForAYear } from '../middleware/visitor.ts';
import { posterVariants } from '../posterVariants.ts';
import type { AskContext } from '../presenters/presentAsk.ts';
import { presentHome, type HomeContext } from '../presenters/presentHome.ts';
import { presentPreview, presentSent } from '../presenters/presentModelUse.ts';
import { presentResults, presentResultsRegion, type ResultsContext } from '../presenters/presentResults.ts';
import { publicUrlOf } from '../publicUrl.ts';
import { streamRun } from '../streamRun.ts';
import { askFields, readAskForm, type AskForm, type FormBody } from './askForm.ts';
import { askContext, homeContext } from './home.ts';

const MOST_STREAMS = 8;

/** `/recommendations`: ask, read the list, follow it while it is made, stop it, share it. */
export function recommendationRoutes(context: WebContext): Router {
  const router = Router();
  const { recommendationsPerMinute } = context.config.rateLimits;

  router.get('/', (_request, response) => response.redirect(303, '/'));

  router.post('/', limitRate(context, recommendationsPerMinute), async (request, response) => {
    const { ask, form } = await readAsk(request, context);
    if (!form.request) return refuse(response, form, homeContext(ask, request.library, context));
    rememberImportance(response, form, context);
    const asker = await askerOf(request, context);
    const run = await context.runs.start('recommendations', form.request, asker, {
      wait: !form.isLive,
      isSteerable: true,
    });
    response.redirect(303, `/recommendations/${run.runId}`);
  });

  router.post('/preview', limitRate(context, recommendationsPerMinute), async (request, response) => {
    const { ask, form } = await readAsk(request, context);
    if (!form.request) return refuse(response, form, homeContext(ask, request.library, context));
    const asker = await askerOf(request, context);
    const preview = await previewModelUse(context, request.library, form.request, asker);
    response.render('pages/model-use', { page: presentPreview(preview, askFields(form.values), ask.chatModels) }); // prettier-ignore
  });

  router.get('/:runId/sent', async (request, response) => {
    const run = await context.runs.read(request.params.runId, viewerOf(request));
    if (!isOwner(run, viewerOf(request))) throw notFound();
    response.render('pages/model-use', { page: presentSent(run, context.chatModels.list()) });
  });

  router.get('/:runId', async (request, response) => {
    const stored = await context.runs.read(request.params.runId, viewerOf(request));
    const run = withAskedLength(await takenUp(stored, request, context), request);
    if (run.page === 'lite') return response.redirect(303, `/lite/${run.runId}`);
    const page = presentResults(
      run,
      askedImportance(request, run),
      await resultsContext(request, context, run),
    );
    response.render('pages/results', { page });
  });

  const streams = new Map<string, number>();
  router.get('/:runId/events', async (request, response) => {
    const stored = await context.runs.read(request.params.runId, viewerOf(request));
    const run = await takenUp(stored, request, context);
    countStream(streams, followerOf(request, context), response);
    const results = await resultsContext(request, context, run);
    streamRun(response, run, {
      present: (now) => presentResultsRegion(now, now.scoring.importance, results),
      follow: (listener) => context.runs.follow(run.runId, listener),
      readAgain: () => context.runs.read(run.runId, viewerOf(request)),
      logger: context.logger,
    });
  });

  router.post('/:runId/stop', async (request, response) => {
    await context.runs.stop(request.params.runId, viewerOf(request));
    response.redirect(303, `/recommendations/${request.params.runId}`);
  });

  router.post('/:runId/share', async (request, response) => {
    const run = await context.runs.share(request.params.runId, viewerOf(request));
    response.redirect(303, `/${run.page}/${run.runId}#share`);
  });
  return router;
}

async function readAsk(request: Request, context: WebContext): Promise<{ ask: AskContext; form: AskForm }> {
  const ask = await askContext(request, context);
  const form = readAskForm((request.body ?? {}) as FormBody, {
    chatModelIds: ask.chatModels.map(({ id }) => id),
    ratingsKnown: ask.ratingsKnown,
  });
  return { ask, form };
}

/** The form again, with what was typed and a line at each field that is wrong. */
function refuse(response: Response, form: AskForm, context: HomeContext): void {
  response.status(400).render('pages/home', { page: presentHome(form.values, context, form.errors) });
}

async function askerOf(request: Request, context: WebContext): Promise<Asker> {
  return {
    ...viewerOf(request),
    profile: await request.person.keeper.read(),
    accountName: request.person.user?.name ?? null,
    allowedModels: await readAllowedModels(request, context),
  };
}

/** @throws AppError 429 for a person who follows too many lists at once; each open stream holds a connection. */
function countStream(streams: Map<string, number>, key: string, response: Response): void {
  const open = streams.get(key) ?? 0;
  if (open >= MOST_STREAMS) throw new AppError('too_many', 429, 'Too many lists are being followed at once.');
  streams.set(key, open + 1);
  response.on('close', () => {
    const left = (streams.get(key) ?? 1) - 1;
    if (left > 0) streams.set(key, left);
    else streams.delete(key);
  });
}

/** A list that a restart interrupted is made again as soon as its owner looks. */
async function takenUp(run: Run, request: Request, context: WebContext): Promise<Run> {
  if (run.state !== 'running') return run;
  return context.runs.resume(run, await askerOf(request, context));
}

/** A client that shows no cookie is a new visitor at every request: it is counted by its address. */
function followerOf(request: Request, context: WebContext): string {
  const { user, visitorId } = request.person;
  if (user) return `user ${user.userId}`;
  return hasVisitorCookie(request, context) ? visitorId : `address ${request.ip ?? ''}`;
}

export const viewerOf = ({
  person,
}: Request): Viewer & { userId: number | null; visitorId: string | null } => ({
  userId: person.user?.userId ?? null,
  visitorId: person.visitorId,
});

/** `?importance=` re-orders a list; anything else leaves it as it was made. */
export function askedImportance(request: Request, run: Run): number {
  const asked = String(request.query['importance'] ?? '');
  return /^(\d{1,2}|100)$/.test(asked) ? Number(asked) : run.scoring.importance;
}

/** `?k=` shows more or fewer of the titles that were scored. */
function withAskedLength(run: Run, request: Request): Run {
  const asked = String(request.query['k'] ?? '');
  if (!/^([1-9]\d?|100)$/.test(asked)) return run;
  return { ...run, request: { ...run.request, k: Number(asked) } };
}

export function isOwner(run: Run, viewer: Viewer): boolean {
  if (run.userId !== null) return run.userId === viewer.userId;
  return run.visitorId !== null && run.visitorId === viewer.visitorId;
}

async function resultsContext(request: Request, context: WebContext, run: Run): Promise<ResultsContext> {
  const { library } = request;
  const profile: Profile = await request.person.keeper.read();
  const leftWithout = countWithoutFilter(run, library, profile);
  return {
    ...(await askContext(request, context)),
    titleOf: (movieId) => library.catalogue.get(movieId),
    profile,
    posterVariants: posterVariants(library.catalogue, context.photographs),
    isOwner: isOwner(run, viewerOf(request)),
    publicUrl: publicUrlOf(request, context),
    ...(leftWithout === undefined ? {} : { leftWithout }),
  };
}

function rememberImportance(response: Response, { values }: AskForm, context: WebContext): void {
  response.cookie(COOKIES.importance, values.isAuto ? 'auto' : values.importance, keptForAYear(context));
}
