import type { Store } from '../../store/database.ts';
import { confirmPassword } from './confirmPassword.ts';
import { hashPassword } from './passwordHash.ts';
import { checkPassword } from './passwordRules.ts';

/**
 * Sets a new password, which needs the old one, and signs the person out everywhere but in the session `keepSid`.
 * Links for a reset that are still open end.
 * @throws AppError wrong_password (403), bad_input (400) naming the rule.
 */
export async function changePassword(
  store: Store,
  form: { userId: number; oldPassword: string; newPassword: string; keepSid?: string },
): Promise<void> {
  const user = await confirmPassword(store, form.userId, form.oldPassword);
  await checkPassword(form.newPassword, user.name, 'newPassword');
  const passwordHash = await hashPassword(form.newPassword);
  await store.write(async () => {
    await store.users.setPasswordHash(user.userId, passwordHash);
    await store.passwordResets.removeForUser(user.userId);
    await store.sessions.removeForUser(user.userId, form.keepSid);
  });
}
