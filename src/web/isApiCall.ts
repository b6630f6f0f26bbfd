import type { Request } from 'express';

/** True for `/api/…`, in whatever case it was typed: the router does not mind, so neither may what depends on it. */
export const isApiCall = ({ originalUrl }: Request): boolean => /^\/api([/?]|$)/i.test(originalUrl);
