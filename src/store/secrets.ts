import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, safe in an address. Its hash needs no salt: there is nothing to guess. */
export const newSecret = (prefix = ''): string => prefix + randomBytes(32).toString('base64url');

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
