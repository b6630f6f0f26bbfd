import type { ErrorRequestHandler, NextFunction, Request, Response } from 'express';
import { toAppError } from '../../contract/problem.ts';
import { notFound, type AppError } from '../../errors.ts';
import { sendProblem } from '../api/problem.ts';
import type { WebContext } from '../context.ts';
import { presentSendAgain } from '../presenters/presentSendAgain.ts';
import { countOf } from '../presenters/wording.ts';
import { isApiCall } from '../isApiCall.ts';
import { logSecurity } from '../securityLog.ts';

/** Refused for who asks, where from or how often: what an operator wants to see. */
const REFUSALS = new Set([401, 403, 429]);

const HEADINGS: Record<number, string> = {
  401: 'Sign in first',
  403: 'Not done',
  404: 'Nothing is playing here',
  409: 'That does not fit',
  413: 'Too long',
  429: 'A moment, please',
  500: 'Something broke on our side',
  503: 'Not ready yet',
};

const OTHER_HEADING = 'That did not work';

/** What to do now, where the message does not say it. */
function whatNext({ status, code, retryAfterSeconds = 60 }: AppError): string | null {
  if (status === 413) return 'Your browser’s back button brings back what you typed: shorten it and send it again.';
  if (status === 429) return `You can go on in ${retryAfterSeconds < 90 ? countOf(Math.ceil(retryAfterSeconds), 'second', 'seconds') : countOf(Math.ceil(retryAfterSeconds / 60), 'minute', 'minutes')}.`;
  if (code === 'internal') return 'Nothing you kept is lost. Try again; if it happens again, tell whoever runs this site the number below.';
  return null;
} // prettier-ignore

export function nothingHere(_request: Request, _response: Response): never {
  throw notFound('This page does not exist. Perhaps it has moved, or the address has a typo.');
}

/** Every failure ends here: what is safe to show is shown, anything else is a plain 500 with a request id. */
export function handleErrors(context: WebContext): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, next: NextFunction) => {
    const problem = toAppError(error);
    if (problem.status >= 500 && problem.code === 'internal')
      context.logger.error({ err: error, requestId: request.requestId }, 'unexpected failure');
    else if (REFUSALS.has(problem.status)) logSecurity(context, request, 'refused', { code: problem.code });
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(problem.status);
    if (problem.retryAfterSeconds !== undefined)
      response.set('Retry-After', String(problem.retryAfterSeconds));
    if (isApiCall(request)) return sendProblem(request, response, problem);
    response.set('Cache-Control', 'no-store');
    if (problem.code === 'bad_csrf_token') return offerToSendAgain(request, response, problem);
    if (problem.status === 401 && request.method === 'GET')
      return response.redirect(303, `/login?next=${encodeURIComponent(request.originalUrl)}`);
    response.render('pages/error', {
      page: {
        title: HEADINGS[problem.status] ?? OTHER_HEADING,
        styles: ['ask'],
        isPrivate: true,
        status: problem.status,
        heading: HEADINGS[problem.status] ?? OTHER_HEADING,
        message: problem.message,
        errors: problem.errors,
        next: whatNext(problem),
        // A page can be asked for again; a form is sent again from where it was filled in.
        again:
          (problem.status === 429 || problem.status >= 500) && request.method === 'GET'
            ? request.originalUrl
            : null,
        requestId: request.requestId ?? '',
      },
    });
  };
}

/** The error page could not be made, or the answer had begun: fewest words, no detail, no template. */
export function lastResort(context: WebContext): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const { requestId } = request;
    context.logger.error({ err: error, requestId }, 'a failure could not be answered as usual');
    if (response.headersSent) {
      // Half an answer must not look like a whole one.
      request.socket.destroy();
      return;
    }
    response.status(500).type('text/plain').send(`Something broke on our side. Request ${requestId}\n`);
  };
}

/** A stale form: everything that was typed comes back with a fresh token and one button. */
function offerToSendAgain(request: Request, response: Response, problem: AppError): void {
  response.render('pages/send-again', {
    page: presentSendAgain(problem.message, request.originalUrl, (request.body ?? {}) as Record<string, unknown>), // prettier-ignore
  });
}
