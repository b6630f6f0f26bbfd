import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { AppError, type FieldError } from '../../errors.ts';
import { registerUser } from '../../services/accounts/registerUser.ts';
import { isResetLinkAlive, resetPassword } from '../../services/accounts/resetPassword.ts';
import { carryOver } from '../../services/profile/carryOver.ts';
import type { VisitorEntry } from '../../services/profile/visitorEntries.ts';
import type { Profile } from '../../domain.ts';
import type { WebContext } from '../context.ts';
import { localPath } from '../localPath.ts';
import { limitLogins, limitRate } from '../middleware/limits.ts';
import { beginSession, endSession } from '../middleware/session.ts';
import { clearVisitorProfile } from '../middleware/visitor.ts';
import { logSecurity } from '../securityLog.ts';
import {
  presentDeadLink,
  presentLogin,
  presentRegister,
  presentResetPassword,
} from '../presenters/presentAccounts.ts';

const text = z.string().max(2000).catch('');
const accountForm = z.object({ name: text, password: text, next: z.unknown().optional() });
const passwordForm = z.object({ password: text });

const HOUR_MS = 3600 * 1000;
const USUAL_NEXT = '/profile';

/** `/register`, `/login`, `/logout`, `/reset-password/:token`. What this browser holds comes along into the account. */
export function accountRoutes(context: WebContext): Router {
  const { store } = context;
  const router = Router();

  router.get('/register', async (request, response) => {
    const next = localPath(request.query['next'], USUAL_NEXT);
    if (request.person.user) return response.redirect(303, next);
    const carried = entriesOf(await request.person.keeper.read()).length;
    response.render('pages/account', { page: presentRegister({ next, carried }) });
  });

  router.post('/register', limitRate(context, context.config.rateLimits.registrationsPerHour, { windowMs: HOUR_MS }), async (request, response) => {
    const { name, password, next: wanted } = accountForm.parse(request.body ?? {});
    const next = localPath(wanted, USUAL_NEXT);
    if (request.person.user) return response.redirect(303, next);
    const entries = entriesOf(await request.person.keeper.read());
    try {
      const user = await registerUser(store, { name, password, entries });
      await beginSession(request, user);
      logSecurity(context, request, 'registered', { userId: user.userId });
    } catch (error) {
      const { status, errors } = formErrors(error, 'name');
      response.status(status).render('pages/account', {
        page: presentRegister({ next, name, errors, carried: entries.length }),
      });
      return;
    }
    clearVisitorProfile(response, context);
    response.redirect(303, next);
  }); // prettier-ignore

  router.get('/login', (request, response) => {
    const next = localPath(request.query['next'], USUAL_NEXT);
    if (request.person.user) return response.redirect(303, next);
    response.render('pages/account', { page: presentLogin({ next, isPasswordNew: request.query['done'] === 'password' }) }); // prettier-ignore
  });

  router.post('/login', limitLogins(context), async (request: Request, response: Response) => {
    const { name, next: wanted } = accountForm.parse(request.body ?? {});
    const next = localPath(wanted, USUAL_NEXT);
    if (request.person.user) return response.redirect(303, next);
    const entries = entriesOf(await request.person.keeper.read());
    const refuse = (status: number, notice: string) =>
      response.status(status).render('pages/account', { page: presentLogin({ next, name, notice }) });
    let user;
    try {
      user = await request.authenticateLocally();
    } catch (error) {
      if (!(error instanceof AppError) || error.status !== 403) throw error;
      logSecurity(context, request, 'login_refused', { code: error.code });
      return refuse(403, error.message);
    }
    // One answer for an unknown name and a wrong password.
    if (!user) {
      logSecurity(context, request, 'login_refused');
      return refuse(401, 'That name and password do not match.');
    }
    await carryOver(store, user.userId, entries);
    await beginSession(request, user);
    logSecurity(context, request, 'logged_in', { userId: user.userId });
    clearVisitorProfile(response, context);
    response.redirect(303, next);
  });

  router.post('/logout', async (request, response) => {
    if (request.person.user) logSecurity(context, request, 'logged_out');
    await endSession(request, response, context);
    response.redirect(303, '/');
  });

  router.get('/reset-password/:token', async (request, response) => {
    if (await isResetLinkAlive(store, request.params.token))
      return response.render('pages/account', { page: presentResetPassword({}) });
    response.status(404).render('pages/account', { page: presentDeadLink() });
  });

  router.post(
    '/reset-password/:token',
    limitLogins(context),
    async (request: Request, response: Response) => {
      const { password } = passwordForm.parse(request.body ?? {});
      try {
        const token = String(request.params['token']);
        const userId = await resetPassword(store, { token, newPassword: password });
        logSecurity(context, request, 'password_reset', { userId });
      } catch (error) {
        const { status, errors } = formErrors(error, null);
        // When no field is wrong it is the link.
        const page = errors.length > 0 ? presentResetPassword({ errors }) : presentDeadLink();
        response.status(status).render('pages/account', { page });
        return;
      }
      response.redirect(303, '/login?done=password');
    },
  );

  return router;
}

/**
 * What a refused form says, and where.
 * @param fallbackField where a message goes that names no field; null = above the form
 */
function formErrors(
  error: unknown,
  fallbackField: string | null,
): { status: number; errors: FieldError[]; message: string | null } {
  if (!(error instanceof AppError) || error.status >= 500) throw error;
  // Services speak of `newPassword`; the page has one field for it.
  const errors = error.errors.map(({ path, message }) => ({
    path: path === 'newPassword' ? 'password' : path,
    message,
  }));
  if (errors.length > 0) return { status: error.status, errors, message: null };
  if (fallbackField)
    return { status: error.status, errors: [{ path: fallbackField, message: error.message }], message: null };
  return { status: error.status, errors: [], message: error.message };
}

/** A visitor's profile as entries, newest first, the way an account takes them over. */
function entriesOf({ ratings, hidden, watchlist }: Profile): VisitorEntry[] {
  return [
    ...ratings.map(({ movieId, rating }) => ({ movieId, kind: 'rating' as const, halfStars: rating * 2 })),
    ...hidden.map((movieId) => ({ movieId, kind: 'hidden' as const })),
    ...watchlist.map((movieId) => ({ movieId, kind: 'saved' as const })),
  ];
}
