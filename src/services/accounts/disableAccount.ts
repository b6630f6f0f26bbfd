import type { Store } from '../../store/database.ts';

/** Closes an account, which ends its sessions at once and makes its tokens useless, or opens it again. */
export async function setAccountDisabled(store: Store, userId: number, isDisabled: boolean): Promise<void> {
  await store.write(async () => {
    await store.users.setDisabled(userId, isDisabled);
    if (isDisabled) await store.sessions.removeForUser(userId);
  });
}
