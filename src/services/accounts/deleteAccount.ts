import type { Store } from '../../store/database.ts';
import { confirmPassword } from './confirmPassword.ts';

/**
 * Removes a person and everything that is theirs: ratings, marks, lists, tokens, sessions. The next training no longer
 * knows their ratings. Where the active model can be unlearned exactly, their number is left in the queue of
 * `src/jobs/forgetPeople.ts`, which takes them out at once.
 * @throws AppError wrong_password (403).
 */
export async function deleteAccount(store: Store, form: { userId: number; password: string }): Promise<void> {
  const { userId } = await confirmPassword(store, form.userId, form.password);
  await store.write(async () => {
    await store.users.remove(userId);
    const model = await store.models.active();
    if (model?.metrics['keepsInverse'] === true)
      await store.settings.update<number[]>('forgetPeople', (queue) => [...(queue ?? []), userId]);
  });
}
