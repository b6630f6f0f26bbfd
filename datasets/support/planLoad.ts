import type { Title } from '../../src/domain.ts';
import type { Store } from '../../src/store/database.ts';
import type { AddOn, BaseData, Enrichment } from '../dataSet.ts';
import { readStarterRows } from '../starter/rows.ts';
import { mendNames, type MendedNames, peopleNamed } from './brokenNames.ts';

/** Which data sets the catalogue was made from; the settings row `dataset`. */
export interface LoadedDataSets {
  base: string;
  addOns: string[];
  /** Titles that came with an add-on, by its name: a rerun of the base set keeps them. */
  addedTitles: Record<string, number[]>;
  /** Titles with fewer ratings are not trained on, now and by every later `train`. */
  minRatings: number;
  /** Files that came with the last setup (stagedFiles.ts). */
  staged?: string;
}

/** What a setup is going to change in SQL, worked out before anything is changed. */
export interface LoadPlan {
  /** Rows to insert or overwrite. */
  rows: Title[];
  /** movieIds that stay; titles outside leave, or are retired where somebody rated, hid or saved them. */
  keep: ReadonlySet<number>;
  /** null leaves the tags as they are. */
  tagging: Pick<BaseData, 'tags' | 'tagCounts'> | null;
  /** Every row there will be, by movieId: what the indexes are built from. */
  catalogue: Title[];
  /** How many of them are retired. */
  retired: number;
  loaded: LoadedDataSets;
  /** Broken names that were mended on the way, and that were not. */
  names: MendedNames['numbers'];
}

/**
 * A catalogue takes the place of the one that is there. Another base set replaces everything; the same one again keeps
 * what add-ons brought: their titles, and facts the set itself does not have.
 */
export async function planBase(
  store: Store,
  name: string,
  data: Pick<BaseData, 'titles' | 'tags' | 'tagCounts'>,
  minRatings: number,
): Promise<LoadPlan> {
  const before = await store.settings.get<LoadedDataSets>('dataset');
  const isSame = before?.base === name;
  const addedTitles = isSame ? before.addedTitles : {};
  const existing = new Map((await store.movies.readAll()).map((title) => [title.movieId, title]));
  const rows = isSame ? data.titles.map((title) => fillIn(title, existing.get(title.movieId))) : data.titles;
  const keep = new Set([...rows.map(({ movieId }) => movieId), ...Object.values(addedTitles).flat()]);
  const loaded = { base: name, addOns: isSame ? before.addOns : [], addedTitles, minRatings };
  const { tags, tagCounts } = data;
  return {
    ...{ keep, tagging: { tags, tagCounts }, loaded },
    ...(await outcome(store, existing, rows, keep)),
  };
}

/** Facts and titles come on top. Titles an add-on brought before and does not bring any more go. */
export async function planAddOn(
  store: Store,
  { name, keepsEarlier }: Pick<AddOn, 'name' | 'keepsEarlier'>,
  enrichment: Pick<Enrichment, 'updates' | 'newTitles' | 'people'>,
): Promise<LoadPlan> {
  const before = await store.settings.get<LoadedDataSets>('dataset');
  const existing = new Map((await store.movies.readAll()).map((title) => [title.movieId, title]));
  const changed = new Map<number, Title>();
  for (const facts of enrichment.updates) {
    const title = changed.get(facts.movieId) ?? existing.get(facts.movieId);
    if (title) changed.set(facts.movieId, { ...title, ...facts });
  }
  for (const title of enrichment.newTitles)
    changed.set(title.movieId, fillIn(title, existing.get(title.movieId)));
  const rows = [...changed.values()];

  const earlier = before?.addedTitles[name] ?? [];
  const added = new Set(enrichment.newTitles.map(({ movieId }) => movieId));
  if (keepsEarlier) for (const movieId of earlier) added.add(movieId);
  const gone = new Set(earlier.filter((movieId) => !added.has(movieId)));
  const stays = [...existing.values()].filter(({ movieId, isRetired }) => !isRetired && !gone.has(movieId));
  const keep = new Set([...stays.map(({ movieId }) => movieId), ...added]);
  const loaded: LoadedDataSets = {
    base: before?.base ?? name,
    minRatings: before?.minRatings ?? 0,
    addOns: [...new Set([...(before?.addOns ?? []), name])],
    addedTitles: { ...before?.addedTitles, [name]: [...added] },
  };
  const result = await outcome(store, existing, rows, keep, enrichment.people);
  return { keep, tagging: null, loaded, ...result };
}

/**
 * The rows there will be after `rows` are written and what is outside `keep` has left or is retired. Broken names are mended
 * here, over the whole catalogue: what one set broke another may spell.
 */
async function outcome(
  store: Store,
  existing: ReadonlyMap<number, Title>,
  rows: readonly Title[],
  keep: ReadonlySet<number>,
  people: readonly string[] = [],
): Promise<Pick<LoadPlan, 'rows' | 'catalogue' | 'retired' | 'names'>> {
  const marked = await store.movies.marked();
  const after = new Map<number, Title>();
  let retired = 0;
  for (const [movieId, title] of existing)
    if (keep.has(movieId)) after.set(movieId, title);
    else if (marked.has(movieId)) {
      after.set(movieId, { ...title, isRetired: true });
      retired++;
    }
  for (const title of rows) after.set(title.movieId, title);
  const mended = mendNames([...after.values()], () => [
    ...people,
    ...[...existing.values(), ...readStarterRows()].flatMap(peopleNamed),
  ]);
  const written = new Map([...rows, ...mended.titles].map((title) => [title.movieId, title]));
  for (const title of mended.titles) after.set(title.movieId, title);
  return {
    rows: [...written.values()],
    catalogue: [...after.values()].sort((a, b) => a.movieId - b.movieId),
    retired,
    names: mended.numbers,
  };
}

/** A title as a set gives it, with what an add-on found out before where the set knows nothing. */
export function fillIn(title: Title, known: Title | undefined): Title {
  if (!known || known.isRetired) return title;
  const filled: Record<string, unknown> = { ...title };
  for (const [field, value] of Object.entries(title)) {
    const isMissing = value === null || value === 0 || (Array.isArray(value) && value.length === 0);
    if (isMissing && field !== 'ratingCount' && field !== 'ratingMean')
      filled[field] = known[field as keyof Title];
  }
  return filled as unknown as Title;
}

/**
 * Carries out a plan in one transaction.
 * @param also further changes that come or stay away with it, such as what is served
 * @returns whether the rows are what was planned; people who rated or took back a rating meanwhile may have changed who is retired
 */
export async function carryOut(
  store: Store,
  { rows, keep, tagging, loaded, retired }: LoadPlan,
  also: () => Promise<void>,
): Promise<{ isAsPlanned: boolean }> {
  return store.write(async () => {
    await store.movies.upsertMany(rows);
    const outcome = await store.movies.retireOthers(keep);
    if (tagging) await store.tags.replaceAll(tagging.tags, tagging.tagCounts);
    await store.settings.set('dataset', loaded);
    await also();
    return { isAsPlanned: outcome.retired === retired };
  });
}
