import type { Request, Response } from 'express';
import { presentProblem } from '../../contract/problem.ts';
import type { AppError } from '../../errors.ts';

/** Answers a refused API call. */
export function sendProblem(request: Request, response: Response, problem: AppError): void {
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(presentProblem(problem, request.requestId)));
}
