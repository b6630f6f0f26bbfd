import type { Filters, Title, TitleTag } from '../domain.ts';
import type { TagProfile } from '../recommender/tagMatch.ts';
import { NameIndex, type NameIndexState } from '../retrieval/nameMatch.ts';
import { TextFit } from '../retrieval/textFit.ts';
import type { TextFitState } from '../retrieval/textIndex.ts';
import { TitleIndex, type TitleIndexState } from '../retrieval/titleMatch.ts';

/**
 * The catalogue in memory: every title with its tags and the search indexes over them, immutable once made. `row` is a
 * title's place here. It is built from SQL once after a change (`buildSnapshot`) and revived from that file at start.
 */
export interface CatalogueState {
  version: string;
  titles: Title[];
  /** The movieId of each row, kept apart so that rows need not be touched to find one. */
  movieIds: Int32Array;
  tags: { tagId: number; name: string; uses: number }[];
  /** Tags of row r stand at positions tagStart[r] … tagStart[r + 1] − 1 of the three arrays below. */
  tagStart: Uint32Array;
  tagPositions: Uint32Array;
  tagCounts: Uint32Array;
  /** NaN where the data has none. */
  tagRelevances: Float32Array;
  medianTagTotal: number;
  /** How widely a title is known, ≥ 0: breaks ties, weighs text matches, stands in for taste. */
  popularity: Float32Array;
  text: TextFitState;
  titleIndex: TitleIndexState;
  tagIndex: NameIndexState;
  peopleIndex: NameIndexState;
}

export class Catalogue {
  readonly version: string;
  readonly titles: readonly Title[];
  readonly tags: CatalogueState['tags'];
  readonly popularity: Float32Array;
  readonly medianTagTotal: number;
  readonly text: TextFit;
  readonly titleIndex: TitleIndex;
  /** Keys are positions in `tags`. */
  readonly tagIndex: NameIndex;
  /** Keys are positions of people in the order of first mention; only `find` and `complete` by name matter. */
  readonly peopleIndex: NameIndex;
  private readonly state: CatalogueState;
  private readonly rows = new Map<number, number>();
  private readonly tagPositionById = new Map<number, number>();
  private rowsByTag: Uint32Array[] | null = null;

  constructor(state: CatalogueState) {
    this.state = state;
    this.version = state.version;
    this.titles = state.titles;
    this.tags = state.tags;
    this.popularity = state.popularity;
    this.medianTagTotal = state.medianTagTotal;
    state.movieIds.forEach((movieId, row) => this.rows.set(movieId, row));
    state.tags.forEach((tag, position) => this.tagPositionById.set(tag.tagId, position));
    this.text = TextFit.revive(state.text);
    this.titleIndex = TitleIndex.revive(state.titleIndex);
    this.tagIndex = NameIndex.revive(state.tagIndex);
    this.peopleIndex = NameIndex.revive(state.peopleIndex);
  }

  get size(): number {
    return this.titles.length;
  }

  rowOf(movieId: number): number | undefined {
    return this.rows.get(movieId);
  }

  get(movieId: number): Title | undefined {
    const row = this.rows.get(movieId);
    return row === undefined ? undefined : this.titles[row];
  }

  /**
   * Tags of one row, most applied first.
   * @param among the tagIds that are asked about; left out: all
   */
  tagsOf(row: number, among?: { has(tagId: number): boolean }): TitleTag[] {
    const { tagStart, tagPositions, tagCounts, tagRelevances, tags } = this.state;
    const found: TitleTag[] = [];
    for (let at = tagStart[row]!; at < tagStart[row + 1]!; at++) {
      const tag = tags[tagPositions[at]!]!;
      if (among && !among.has(tag.tagId)) continue;
      const relevance = tagRelevances[at]!;
      found.push({
        tagId: tag.tagId,
        name: tag.name,
        count: tagCounts[at]!,
        relevance: Number.isNaN(relevance) ? null : relevance,
      });
    }
    return found;
  }

  /** Tags as `tagsOf` gives them; the total is over all of them, whichever are asked about. */
  tagProfileOf(row: number, among?: { has(tagId: number): boolean }): TagProfile {
    const { tagStart, tagCounts } = this.state;
    let total = 0;
    for (let at = tagStart[row]!; at < tagStart[row + 1]!; at++) total += tagCounts[at]!;
    return { tags: this.tagsOf(row, among), total };
  }

  /** Rows that carry any of these tags, in no order. */
  rowsTagged(tagIds: Iterable<number>): Set<number> {
    this.rowsByTag ??= groupRowsByTag(this.state);
    const rows = new Set<number>();
    for (const tagId of tagIds)
      for (const row of this.rowsByTag[this.tagPositionById.get(tagId) ?? -1] ?? []) rows.add(row);
    return rows;
  }

  tagById(tagId: number): { tagId: number; name: string; uses: number } | undefined {
    const position = this.tagPositionById.get(tagId);
    return position === undefined ? undefined : this.tags[position];
  }

  /** Exact or normalised tag name. */
  tagByName(name: string): { tagId: number; name: string; uses: number } | undefined {
    const found = this.tagIndex.find(name);
    return found ? this.tags[found.key] : undefined;
  }
}

/** The rows of each tag, ascending: the tags of each row turned round. */
function groupRowsByTag({ tags, titles, tagStart, tagPositions }: CatalogueState): Uint32Array[] {
  const counts = new Uint32Array(tags.length);
  for (const position of tagPositions) counts[position]!++;
  const rows = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (let row = 0; row < titles.length; row++)
    for (let at = tagStart[row]!; at < tagStart[row + 1]!; at++) {
      const position = tagPositions[at]!;
      rows[position]![counts[position]!++] = row;
    }
  return rows;
}

type FilterField = keyof Filters;

/**
 * A test for one title. A missing fact fails an include filter and passes an exclude filter; names are compared
 * ignoring case.
 */
export function makeFilter(filters: Filters): (title: Title) => boolean {
  const tests = (Object.keys(filters) as FilterField[])
    .map((field) => filterTest(field, filters))
    .filter((test) => test !== null);
  return (title) => tests.every((test) => test(title));
}

function filterTest(field: FilterField, filters: Filters): ((title: Title) => boolean) | null {
  switch (field) {
    case 'yearFrom':
      return filters.yearFrom === undefined ? null : (title) => title.year >= filters.yearFrom!;
    case 'yearTo':
      return filters.yearTo === undefined ? null : (title) => title.year <= filters.yearTo!;
    case 'kinds':
      return hasAny(filters.kinds, (title) => [title.kind]);
    case 'genres':
      return hasAny(filters.genres, (title) => title.genres);
    case 'excludeGenres':
      return hasNone(filters.excludeGenres, (title) => title.genres);
    case 'providers':
      return hasAny(filters.providers, (title) => title.providers);
    case 'countries':
      return hasAny(filters.countries, (title) => title.countries);
    case 'excludeCountries':
      return hasNone(filters.excludeCountries, (title) => title.countries);
    case 'languages':
      return hasAny(filters.languages, (title) => title.languages);
    case 'excludeLanguages':
      return hasNone(filters.excludeLanguages, (title) => title.languages);
    case 'people':
      return hasAny(filters.people, peopleOf);
    case 'excludePeople':
      return hasNone(filters.excludePeople, peopleOf);
  }
}

const peopleOf = (title: Title): readonly string[] => [...title.directors, ...title.cast];

function hasAny(
  wanted: readonly string[] | undefined,
  factsOf: (title: Title) => readonly string[],
): ((title: Title) => boolean) | null {
  if (!wanted?.length) return null;
  const keys = new Set(wanted.map((name) => name.toLowerCase()));
  return (title) => factsOf(title).some((fact) => keys.has(fact.toLowerCase()));
}

function hasNone(
  refused: readonly string[] | undefined,
  factsOf: (title: Title) => readonly string[],
): ((title: Title) => boolean) | null {
  const isRefused = hasAny(refused, factsOf);
  return isRefused && ((title) => !isRefused(title));
}
