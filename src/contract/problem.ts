import { STATUS_CODES } from 'node:http';
import { AppError } from '../errors.ts';

/** A refusal as `application/problem+json` (RFC 9457) lays it out, the same from the API and in a batch of the command line. */
export const presentProblem = (problem: AppError, requestId?: string) => ({
  type: `urn:marquee:problem:${problem.code}`,
  title: STATUS_CODES[problem.status] ?? 'Error',
  status: problem.status,
  detail: problem.message,
  code: problem.code,
  ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
  ...(requestId === undefined ? {} : { requestId }),
});

/** Express, body-parser and Node report bad input in their own ways; anything unknown is a plain 500. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { status } = (error ?? {}) as { status?: unknown };
  if (status === 413) return new AppError('too_large', 413, 'That is more text than we take.');
  if (error instanceof URIError) return new AppError('not_found', 404, 'This address cannot be read.');
  if (typeof status === 'number' && status >= 400 && status < 500)
    // An unknown charset or encoding (415) is one more thing wrong with the input.
    return new AppError('bad_input', status === 415 ? 400 : status, 'The request could not be read.');
  return new AppError(
    'internal',
    500,
    'It is not your fault. Try again; if it stays, tell us the number below.',
    {
      cause: error,
    },
  );
}
