import type { Request } from 'express';
import type { WebContext } from './context.ts';

/** The site's own address without a slash at the end: as configured, else as it was asked for. */
export const publicUrlOf = (request: Request, { config }: Pick<WebContext, 'config'>): string =>
  config.publicUrl ?? `${request.protocol}://${request.get('host') ?? ''}`;
