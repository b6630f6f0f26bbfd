import { randomBytes } from 'node:crypto';
import { normalisePassword } from './passwordRules.ts';

/** argon2id with 19 MiB, two passes, one lane: OWASP's Password Storage Cheat Sheet. About 20 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let decoy: Promise<string> | undefined;

export async function hashPassword(password: string): Promise<string> {
  const { hash } = await import('@node-rs/argon2');
  return hash(normalisePassword(password), COST);
}

/**
 * Whether the password fits the hash. Without a hash (nobody has that name) it takes the same time and answers false.
 */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  // Made at the first call of either kind, so that not even the first answer tells an unknown name from a known one.
  decoy ??= hashPassword(randomBytes(24).toString('base64'));
  const { verify } = await import('@node-rs/argon2');
  const isRight = await verify(passwordHash ?? (await decoy), normalisePassword(password));
  return isRight && passwordHash !== undefined;
}
