import { AppError, forbidden } from '../../errors.ts';
import type { Store } from '../../store/database.ts';
import type { User } from '../../store/repositories/users.ts';
import { verifyPassword } from './passwordHash.ts';

/**
 * Who signs in. An unknown name and a wrong password get the same answer after the same time; that an account is
 * disabled is told only to its owner.
 * @throws AppError wrong_credentials (401), account_disabled (403).
 */
export async function authenticateUser(
  store: Store,
  form: { name: string; password: string },
): Promise<User> {
  const user = await store.users.findByName(form.name.trim());
  const isRight = await verifyPassword(user?.passwordHash, form.password);
  if (!user || !isRight) throw new AppError('wrong_credentials', 401, 'That name and password do not match.');
  if (user.isDisabled) throw forbidden('This account is disabled.', 'account_disabled');
  return user;
}
