import { badInput } from '../../errors.ts';

const MIN_LENGTH = 8;
const MAX_LENGTH = 128;
/** How many of the most common passwords that are long enough are refused (ASVS 6.2.4). */
const COMMON_COUNT = 3000;

let common: Promise<ReadonlySet<string>> | undefined;

/**
 * Length and guessability, nothing else: no rules of composition. Lengths are counted in code points.
 * @param field path of the field in the form, for the error
 * @throws AppError bad_input (400) with the rule that was broken.
 */
export async function checkPassword(password: string, userName: string, field = 'password'): Promise<void> {
  const wrong = (message: string) => badInput(message, [{ path: field, message }]);
  const normal = normalisePassword(password);
  const length = [...normal].length;
  if (length < MIN_LENGTH) throw wrong('At least 8 characters.');
  if (length > MAX_LENGTH) throw wrong('At most 128 characters.');
  // Half of a surrogate pair becomes the same replacement character whatever it was: not a password.
  if (/\p{Surrogate}/u.test(normal)) throw wrong('This contains characters that cannot be read.');
  const folded = normal.normalize('NFKC').toLowerCase();
  if (folded === userName.normalize('NFKC').toLowerCase()) throw wrong('Not your name.');
  common ??= loadCommon();
  if ((await common).has(folded)) throw wrong('This password is too common.');
}

/** The same characters can be typed in two ways (é as one or as two code points): both are one password. */
export const normalisePassword = (password: string): string => password.normalize('NFC');

async function loadCommon(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const longEnough = dictionary['passwords-common'].filter((word) => word.length >= MIN_LENGTH);
  return new Set(longEnough.slice(0, COMMON_COUNT).map((word) => word.toLowerCase()));
}
