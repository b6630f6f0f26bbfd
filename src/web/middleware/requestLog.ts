import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { WebContext } from '../context.ts';

/**
 * One line a request: method, address without its query, status, time. Prompts never stand in an address; the one secret
 * that does, the token of a link for a new password, is cut out.
 */
export function logRequests(context: WebContext): RequestHandler {
  return pinoHttp({
    logger: context.logger,
    genReqId: (request) => (request as unknown as { requestId: string }).requestId,
    customLogLevel: (_request, response, error) =>
      error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'info' : 'debug',
    quietReqLogger: true,
    serializers: {
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0]?.replace(/^(\/reset-password\/).+/i, '$1[cut]'),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  }) as unknown as RequestHandler;
}
