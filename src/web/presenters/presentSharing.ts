import type { Run } from '../../domain.ts';
import type { TitleCard } from './presentCard.ts';
import { previewList, type LinkPreview } from './presentPreview.ts';

/** Opens a list to whoever has its address (views/partials/share-list.ejs). */
export interface Sharing {
  action: string;
  address: string;
  isShared: boolean;
  /** Who can see it now, and who could. */
  promise: string;
}

/** Only its owner may share a list, and only one with something on it; only a shared list shows itself in previews of links. */
export function presentSharing(
  run: Run,
  cards: readonly TitleCard[],
  { isOwner, publicUrl }: { isOwner: boolean; publicUrl: string },
): { share: Sharing | null; preview: LinkPreview | null } {
  const path = `/${run.page}/${run.runId}`;
  const { prompt } = run.request;
  const names = cards.filter(({ isOutside }) => !isOutside).map(({ name }) => name);
  return {
    share:
      isOwner && (names.length > 0 || run.state === 'running')
        ? {
            action: `${path}/share`,
            address: publicUrl + path,
            isShared: run.isShared,
            promise: `Only you can see it now. Shared, anyone with the address can${prompt ? ', your prompt included' : ''}. It is kept for 30 days.`,
          }
        : null,
    preview: run.isShared ? previewList({ path, names, prompt }) : null,
  };
}
