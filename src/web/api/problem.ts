import { STATUS_CODES } from 'node:http';
import type { Request, Response } from 'express';
import type { AppError } from '../../errors.ts';

/** Answers with `application/problem+json` (RFC 9457) as the contract lays it out. */
export function sendProblem(request: Request, response: Response, problem: AppError): void {
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:marquee:problem:${problem.code}`,
        title: STATUS_CODES[problem.status] ?? 'Error',
        status: problem.status,
        detail: problem.message,
        code: problem.code,
        ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
        requestId: request.requestId,
      }),
    );
}
