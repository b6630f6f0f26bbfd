import type { Store } from '../store/database.ts';

/** Activations remembered, for going back. */
const REMEMBERED = 20;

/** Makes a registered model the served one, in one transaction. A running server swaps within two seconds. */
export async function activateModel(store: Store, modelId: string): Promise<void> {
  await store.write(async () => {
    await store.models.activate(modelId);
    await store.settings.update<Record<string, unknown>>('active', (active) => ({ ...active, modelId }));
    await store.settings.update<string[]>('activatedModels', (earlier) =>
      [...(earlier ?? []).filter((id) => id !== modelId), modelId].slice(-REMEMBERED),
    );
  });
}
