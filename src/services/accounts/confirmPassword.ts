import { forbidden, notSignedIn } from '../../errors.ts';
import type { Store } from '../../store/database.ts';
import type { User } from '../../store/repositories/users.ts';
import { verifyPassword } from './passwordHash.ts';

/**
 * Asks a signed-in person for their password again before something that cannot be undone.
 * @throws AppError not_signed_in (401) when the account is gone, wrong_password (403).
 */
export async function confirmPassword(store: Store, userId: number, password: string): Promise<User> {
  const user = await store.users.findById(userId);
  const isRight = await verifyPassword(user?.passwordHash, password);
  if (!user) throw notSignedIn();
  if (!isRight) throw forbidden('That is not your password.', 'wrong_password');
  return user;
}
