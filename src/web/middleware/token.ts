import type { NextFunction, Request, Response } from 'express';
import { notSignedIn } from '../../errors.ts';
import { accountProfile } from '../../services/profile/accountProfile.ts';
import type { WebContext } from '../context.ts';

/** A personal token (`Authorization: Bearer mq_…`) acts for the account that made it, without cookie or form token. */
export function identifyToken(context: WebContext) {
  return async (request: Request, _response: Response, next: NextFunction): Promise<void> => {
    const [scheme, token] = (request.get('authorization') ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer') return next();
    const user = token ? await context.store.apiTokens.findUserByToken(token) : null;
    if (!user || user.isDisabled)
      throw notSignedIn('This token is not valid. Make a new one on your profile.');
    request.isByToken = true;
    request.person = {
      user: { userId: user.userId, name: user.name, role: user.role },
      visitorId: request.person.visitorId,
      keeper: accountProfile(context.store, user.userId),
    };
    next();
  };
}
