import type { Title } from '../domain.ts';
import type { Catalogue } from '../services/catalogue.ts';
import type { PosterVariants } from './presenters/presentShelf.ts';

export function posterVariants(_catalogue: Catalogue): PosterVariants {
  return (titles: readonly Title[]) => titles.map(() => 0);
}
