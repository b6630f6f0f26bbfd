import type { Request, Response } from 'express';
import { ALLOWED_MODELS, type AllowedModels } from '../domain.ts';
import type { WebContext } from './context.ts';
import { COOKIES, cookieOptions, keptForAYear } from './middleware/visitor.ts';

/**
 * Which language models may read this person's words: what the account says, else what this browser said (so that a choice
 * made before registering holds), else any. A program with a token has its account's choice.
 */
export async function readAllowedModels(request: Request, context: WebContext): Promise<AllowedModels> {
  const { user } = request.person;
  const account = user ? await context.store.users.findById(user.userId) : null;
  const inCookie: unknown = request.cookies[COOKIES.models];
  return account?.preferences.allowedModels ?? ALLOWED_MODELS.find((one) => one === inCookie) ?? 'any';
}

/** Kept in the account, and in a cookie for this browser. */
export async function keepAllowedModels(
  request: Request,
  response: Response,
  context: WebContext,
  allowedModels: AllowedModels,
): Promise<void> {
  const { user } = request.person;
  if (user) await context.store.users.setPreferences(user.userId, { allowedModels });
  if (allowedModels === 'any') response.clearCookie(COOKIES.models, cookieOptions(context));
  else response.cookie(COOKIES.models, allowedModels, keptForAYear(context));
}
