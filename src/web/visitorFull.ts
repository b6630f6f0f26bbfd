import type { Response } from 'express';
import { AppError } from '../errors.ts';
import { presentRegister } from './presenters/presentAccounts.ts';

/** A browser that keeps all it can: the refusal comes with the offer to register. Any other failure goes on. */
export function refuseFullVisitor(error: unknown, response: Response, next: string): void {
  if (!(error instanceof AppError) || error.code !== 'visitor_full') throw error;
  response.status(409).render('pages/account', { page: presentRegister({ next, notice: error.message }) });
}
