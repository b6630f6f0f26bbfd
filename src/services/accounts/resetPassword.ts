import { AppError } from '../../errors.ts';
import type { Store } from '../../store/database.ts';
import { hashPassword } from './passwordHash.ts';
import { checkPassword } from './passwordRules.ts';

/** The token of a one-time link that an operator hands over (there is no e-mail); good for 24 hours. Earlier ones end. */
export async function createResetLink(store: Store, userId: number): Promise<string> {
  const { token } = await store.passwordResets.create(userId);
  return token;
}

/**
 * Sets a new password by such a token and signs the person out everywhere. A password that breaks a rule does not use
 * the token up.
 * @returns the person's id
 * @throws AppError reset_link_used (400), bad_input (400) naming the rule.
 */
export async function resetPassword(
  store: Store,
  form: { token: string; newPassword: string },
): Promise<number> {
  const owner = await store.passwordResets.find(form.token);
  const user = owner === null ? null : await store.users.findById(owner);
  if (!user) throw deadLink();
  await checkPassword(form.newPassword, user.name, 'newPassword');
  const passwordHash = await hashPassword(form.newPassword);
  return store.write(async () => {
    const userId = await store.passwordResets.use(form.token);
    if (userId === null) throw deadLink();
    await store.users.setPasswordHash(userId, passwordHash);
    await store.sessions.removeForUser(userId);
    return userId;
  });
}

const deadLink = () => new AppError('reset_link_used', 400, 'This link was used already or is too old.');
