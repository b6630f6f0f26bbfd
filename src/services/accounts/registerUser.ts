import type { Store } from '../../store/database.ts';
import type { User } from '../../store/repositories/users.ts';
import { carryOver } from '../profile/carryOver.ts';
import type { VisitorEntry } from '../profile/visitorEntries.ts';
import { hashPassword } from './passwordHash.ts';
import { checkPassword } from './passwordRules.ts';
import { normaliseUserName } from './userNames.ts';

/**
 * Makes an account, and takes what the visitor's browser kept along into it: both or neither.
 * @throws AppError bad_input (400) naming the field and the rule, name_taken (409).
 */
export async function registerUser(
  store: Store,
  form: { name: string; password: string; entries?: readonly VisitorEntry[] },
): Promise<User> {
  const name = normaliseUserName(form.name);
  await checkPassword(form.password, name);
  const passwordHash = await hashPassword(form.password);
  return store.write(async () => {
    const user = await store.users.create({ name, passwordHash });
    await carryOver(store, user.userId, form.entries ?? []);
    return user;
  });
}
