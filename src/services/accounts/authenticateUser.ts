import { forbidden } from '../../errors.ts';
import type { Store } from '../../store/database.ts';
import type { User } from '../../store/repositories/users.ts';
import { verifyPassword } from './passwordHash.ts';

/**
 * Who signs in: null for an unknown name and for a wrong password alike, after the same time. That an account is
 * disabled is told only to its owner.
 * @throws AppError account_disabled (403).
 */
export async function authenticateUser(store: Store, name: string, password: string): Promise<User | null> {
  const user = await store.users.findByName(name.trim());
  const isRight = await verifyPassword(user?.passwordHash, password);
  if (!user || !isRight) return null;
  if (user.isDisabled) throw forbidden('This account is disabled.', 'account_disabled');
  return user;
}
