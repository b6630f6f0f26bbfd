import type { Store } from '../../store/database.ts';

/** The settings row with the ids of people who were deleted, and whom a model may still know. */
export const FORGET_QUEUE = 'forgetPeople';

/**
 * Removes a person with everything that is theirs, and leaves their number in the queue: where the active model can be
 * unlearned exactly they are taken out of it at once, and the next training clears the queue in any case.
 */
export async function removePerson(store: Store, userId: number): Promise<void> {
  await store.write(async () => {
    await store.users.remove(userId);
    if (await store.models.active())
      await store.settings.update<number[]>(FORGET_QUEUE, (queue) => [...(queue ?? []), userId]);
  });
}

/** Whether somebody waits who can be taken out of the active model now. */
export async function canForget(store: Store): Promise<boolean> {
  const queue = (await store.settings.get<number[]>(FORGET_QUEUE)) ?? [];
  return queue.length > 0 && (await store.models.active())?.metrics['keepsInverse'] === true;
}
