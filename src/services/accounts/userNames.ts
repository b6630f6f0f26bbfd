import { badInput } from '../../errors.ts';

const MIN_LENGTH = 3;
const MAX_LENGTH = 30;

/**
 * A user name as it is stored: NFKC, without blanks around it; 3–30 letters and digits of any script, `_`, `-`, `.`.
 * Whether two names are the same is decided by the store, which ignores case.
 * @throws AppError bad_input (400) with the rule that was broken.
 */
export function normaliseUserName(text: string): string {
  const name = text.normalize('NFKC').trim();
  const length = [...name].length;
  if (length < MIN_LENGTH) throw wrongName('At least 3 characters.');
  if (length > MAX_LENGTH) throw wrongName('At most 30 characters.');
  if (!/^[\p{L}\p{N}_.-]+$/u.test(name)) throw wrongName('Letters, digits and _ - . only.');
  return name;
}

const wrongName = (message: string) => badInput(message, [{ path: 'name', message }]);
