import { AppError } from '../../errors.ts';
import type { Store } from '../../store/database.ts';
import type { User } from '../../store/repositories/users.ts';
import { hashPassword } from './passwordHash.ts';
import { checkPassword } from './passwordRules.ts';

/** The token of a one-time link that an operator hands over (there is no e-mail); good for 24 hours. Earlier ones end. */
export async function createResetLink(store: Store, userId: number): Promise<string> {
  const { token } = await store.passwordResets.create(userId);
  return token;
}

/**
 * @returns whose link it is, null when it is unknown, used or too old: one answer, which says nothing about accounts
 */
async function ownerOfLink(store: Store, token: string): Promise<User | null> {
  const owner = await store.passwordResets.find(token);
  return owner === null ? null : store.users.findById(owner);
}

/** Whether a link still opens the form, without using it up. */
export const isResetLinkAlive = async (store: Store, token: string): Promise<boolean> =>
  (await ownerOfLink(store, token)) !== null;

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
  const user = await ownerOfLink(store, form.token);
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
