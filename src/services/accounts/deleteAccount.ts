import type { Store } from '../../store/database.ts';
import { confirmPassword } from './confirmPassword.ts';

/**
 * Removes a person and everything that is theirs: ratings, marks, lists, tokens, sessions. The next training no longer
 * knows their ratings.
 * @throws AppError wrong_password (403).
 */
export async function deleteAccount(store: Store, form: { userId: number; password: string }): Promise<void> {
  const user = await confirmPassword(store, form.userId, form.password);
  await store.users.remove(user.userId);
}
