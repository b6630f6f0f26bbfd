import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { AppError, notFound, type FieldError } from '../../errors.ts';
import { createApiToken, listApiTokens, removeApiToken } from '../../services/accounts/apiTokens.ts';
import { changePassword } from '../../services/accounts/changePassword.ts';
import { deleteAccount } from '../../services/accounts/deleteAccount.ts';
import { exportMe } from '../../services/accounts/exportMe.ts';
import { tasteStatistics } from '../../services/tasteStatistics.ts';
import type { WebContext } from '../context.ts';
import { endSession } from '../middleware/session.ts';
import { clearVisitorProfile, requireAccount } from '../middleware/visitor.ts';
import { posterVariants } from '../posterVariants.ts';
import { logSecurity } from '../securityLog.ts';
import { presentAccountTab, type AccountOutcome } from '../presenters/presentAccountTab.ts';
import { presentProfileHead, presentWall, SORTS, TABS } from '../presenters/presentProfile.ts';

/** Anything odd in the address counts as not said. */
const wallQuery = z.object({
  tab: z.enum(TABS).catch('rated'),
  sort: z.enum(SORTS).catch('recent'),
  genre: z.string().max(40).catch(''),
  decade: z.coerce.number().int().min(1800).max(2200).nullable().catch(null),
  text: z.string().trim().max(100).catch(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
  done: z.string().max(20).optional().catch(undefined),
});

const text = z.string().max(2000).catch('');
const passwordForm = z.object({ oldPassword: text, newPassword: text });
const deleteForm = z.object({ password: text });
const tokenForm = z.object({ name: text });
/** An unticked box sends nothing. */
const trainingForm = z.object({ keepOut: z.literal('1').optional().catch(undefined) });

/** `/profile`: one's films and data; signed out, what this browser's cookie holds. */
export function profileRoutes(context: WebContext): Router {
  const { store } = context;
  const router = Router();
  const show = (request: Request, response: Response, outcome?: AccountOutcome) =>
    showProfile(context, request, response, outcome);

  router.get('/', (request, response) => show(request, response));

  router.get('/export', async (request, response) => {
    const { user, keeper } = request.person;
    const data = user
      ? await exportMe(store, user.userId)
      : { exportedAt: new Date().toISOString(), ...(await keeper.read()) };
    response
      .attachment('marquee-my-data.json')
      .type('json')
      .send(JSON.stringify(data, null, 2));
  });

  router.post('/forget', (request, response) => {
    if (!request.person.user) clearVisitorProfile(response, context);
    response.redirect(303, '/profile');
  });

  router.post('/training', requireAccount, async (request, response) => {
    const { keepOut } = trainingForm.parse(request.body ?? {});
    await store.users.setTrainOnRatings(userIdOf(request), keepOut === undefined);
    response.redirect(303, '/profile?tab=account&done=training');
  });

  router.post('/tokens', requireAccount, async (request, response) => {
    const { name } = tokenForm.parse(request.body ?? {});
    const outcome = await attempt('token', async () => {
      const made = await createApiToken(store, userIdOf(request), name);
      logSecurity(context, request, 'token_made');
      return { newToken: { name: made.row.name, token: made.token } };
    });
    await show(request, response, outcome.errors ? { ...outcome, tokenName: name } : outcome);
  });

  router.post('/tokens/:tokenId/revoke', requireAccount, async (request, response) => {
    const tokenId = Number(request.params['tokenId']);
    if (!Number.isSafeInteger(tokenId)) throw notFound('There is no such token.');
    await removeApiToken(store, userIdOf(request), tokenId);
    logSecurity(context, request, 'token_removed');
    response.redirect(303, '/profile?tab=account&done=token');
  });

  router.post('/password', requireAccount, async (request, response) => {
    const form = passwordForm.parse(request.body ?? {});
    const outcome = await attempt('password', async () => {
      await changePassword(store, { userId: userIdOf(request), ...form, keepSid: request.sessionID });
      logSecurity(context, request, 'password_changed');
      return {};
    });
    if (outcome.errors) return show(request, response, outcome);
    response.redirect(303, '/profile?tab=account&done=password');
  });

  router.post('/delete', requireAccount, async (request, response) => {
    const { password } = deleteForm.parse(request.body ?? {});
    const outcome = await attempt('delete', async () => {
      await deleteAccount(store, { userId: userIdOf(request), password });
      logSecurity(context, request, 'account_deleted');
      return {};
    });
    if (outcome.errors) return show(request, response, outcome);
    await endSession(request, response, context);
    response.redirect(303, '/');
  });

  return router;
}

const userIdOf = (request: Request): number => request.person.user!.userId;

async function showProfile(
  context: WebContext,
  request: Request,
  response: Response,
  outcome?: AccountOutcome,
): Promise<void> {
  const query = wallQuery.parse(request.query);
  const tab = outcome ? 'account' : query.tab;
  const { user, keeper } = request.person;
  const { library } = request;
  const profile = await keeper.read();
  const head = presentProfileHead(tasteStatistics(profile, library), tab, user);
  const wall =
    tab === 'account'
      ? null
      : presentWall(profile, { ...query, tab }, {
          titleOf: (movieId) => library.catalogue.get(movieId),
          posterVariants: posterVariants(library.catalogue, context.photographs),
        }); // prettier-ignore
  const account = tab === 'account' && user ? await readAccount(context, user.userId, { done: query.done ?? '', ...outcome }) : null; // prettier-ignore
  response.status(outcome?.errors ? 400 : 200).render('pages/profile', { page: { ...head, wall, account } });
}

async function readAccount({ store }: WebContext, userId: number, outcome: AccountOutcome) {
  const [user, tokens] = await Promise.all([store.users.findById(userId), listApiTokens(store, userId)]);
  if (!user) throw notFound();
  return presentAccountTab({ ...user, tokens }, outcome);
}

/** A refusal becomes messages at the fields of its form; anything else goes on to the error page. */
async function attempt(
  form: NonNullable<AccountOutcome['form']>,
  work: () => Promise<AccountOutcome>,
): Promise<AccountOutcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || ![400, 403, 409].includes(error.status)) throw error;
    const field: Record<typeof form, string> = { token: 'name', password: 'oldPassword', delete: 'password' };
    const errors: FieldError[] =
      error.errors.length > 0 ? error.errors : [{ path: field[form], message: error.message }];
    return { form, errors };
  }
}
