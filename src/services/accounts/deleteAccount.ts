import type { Store } from '../../store/database.ts';
import { confirmPassword } from './confirmPassword.ts';
import { removePerson } from './removePerson.ts';

/**
 * Removes a person and everything that is theirs: ratings, marks, lists, tokens, sessions. Where the active model can be
 * unlearned exactly, the server takes them out of it at once (`src/jobs/forgetPeople.ts`); the next training no longer
 * knows their ratings in any case.
 * @throws AppError wrong_password (403).
 */
export async function deleteAccount(store: Store, form: { userId: number; password: string }): Promise<void> {
  const { userId } = await confirmPassword(store, form.userId, form.password);
  await removePerson(store, userId);
}
