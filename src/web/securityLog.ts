import type { Request } from 'express';
import type { WebContext } from './context.ts';

/** What happens to accounts and what is refused, by names that stay the same. */
export type SecurityEvent =
  | 'registered'
  | 'logged_in'
  | 'login_refused'
  | 'logged_out'
  | 'password_changed'
  | 'password_reset'
  | 'account_deleted'
  | 'token_made'
  | 'token_removed'
  | 'refused';

/**
 * One line in the log for the operator: what, who (the account's number), from where, and the request it belongs to. Never
 * what was typed: in the field of a name stands a password now and then.
 */
export function logSecurity(
  context: Pick<WebContext, 'logger'>,
  request: Request,
  event: SecurityEvent,
  facts: { userId?: number; code?: string } = {},
): void {
  const userId = facts.userId ?? request.person?.user?.userId;
  context.logger.info(
    {
      event,
      ...facts,
      ...(userId === undefined ? {} : { userId }),
      address: request.ip,
      requestId: request.requestId,
    },
    'security',
  );
}
