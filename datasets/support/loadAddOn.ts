import type { Title } from '../../src/domain.ts';
import type { Store } from '../../src/store/database.ts';
import type { AddOn, Enrichment } from '../dataSet.ts';
import { fillIn, type LoadedDataSets } from './loadBase.ts';

/**
 * Puts what an add-on brings into SQL in one transaction. Titles it brought before and does not bring any more go (or
 * are retired, where somebody rated them).
 * @returns how many titles the catalogue has now
 */
export async function loadAddOn(
  store: Store,
  { name, keepsEarlier }: Pick<AddOn, 'name' | 'keepsEarlier'>,
  titles: readonly Title[],
  enrichment: Enrichment,
): Promise<number> {
  return store.write(async () => {
    const before = await store.settings.get<LoadedDataSets>('dataset');
    await store.movies.updateFacts(enrichment.updates);
    const existing = new Map(titles.map((title) => [title.movieId, title]));
    await store.movies.upsertMany(
      enrichment.newTitles.map((title) => fillIn(title, existing.get(title.movieId))),
    );
    const added = new Set(enrichment.newTitles.map(({ movieId }) => movieId));
    if (keepsEarlier) for (const movieId of before?.addedTitles[name] ?? []) added.add(movieId);
    const gone = new Set((before?.addedTitles[name] ?? []).filter((movieId) => !added.has(movieId)));
    const keep = new Set([
      ...titles.map(({ movieId }) => movieId).filter((movieId) => !gone.has(movieId)),
      ...added,
    ]);
    if (gone.size > 0) await store.movies.retireOthers(keep);
    await store.settings.set('dataset', {
      base: before?.base ?? name,
      minRatings: before?.minRatings ?? 0,
      addOns: [...new Set([...(before?.addOns ?? []), name])],
      addedTitles: { ...before?.addedTitles, [name]: [...added] },
    } satisfies LoadedDataSets);
    return keep.size;
  });
}
