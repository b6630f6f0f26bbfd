import { insertRows } from '../bulk.ts';
import type { Database } from '../handle.ts';

export interface Tag {
  tagId: number;
  name: string;
}

/** How often one tag was applied to one title. */
export interface TagCount {
  movieId: number;
  tagId: number;
  count: number;
  /** 0–1 where the data has it. */
  relevance: number | null;
}

/** All counts as columns, ordered by movieId and then by count, most applied first. */
export interface TagCounts {
  movieIds: Int32Array;
  tagIds: Int32Array;
  counts: Int32Array;
  /** NaN where the data has none. */
  relevances: Float32Array;
}

export interface Tags {
  /** All or nothing: readers see the old tags until the new ones are complete. Every movieId must be in `movies`. */
  replaceAll(tags: Iterable<Tag>, counts: Iterable<TagCount>): Promise<void>;
  readAll(): Promise<{ tags: Tag[]; counts: TagCounts }>;
}

export function tagsRepository(database: Database): Tags {
  return {
    replaceAll: (tags, counts) =>
      database.write(async () => {
        await database.run('DELETE FROM tag_counts');
        await database.run('DELETE FROM tags');
        await insertRows(
          database,
          { table: 'tags', columns: { tagId: 'integer', name: 'text' } },
          tagRows(tags),
        );
        await insertRows(
          database,
          {
            table: 'tag_counts',
            columns: {
              movieId: 'integer',
              tagId: 'integer',
              count: 'integer',
              relevance: 'double precision',
            },
          },
          countRows(counts),
        );
      }),

    async readAll() {
      const tags = await database.select<Tag>('SELECT "tagId", name FROM tags ORDER BY "tagId"');
      const rows = await database.select<TagCount>(
        'SELECT "movieId", "tagId", count, relevance FROM tag_counts',
      );
      return { tags, counts: tagColumns(rows) };
    },
  };
}

function* tagRows(tags: Iterable<Tag>): Generator<unknown[]> {
  for (const tag of tags) yield [tag.tagId, tag.name];
}

function* countRows(counts: Iterable<TagCount>): Generator<unknown[]> {
  for (const row of counts) yield [row.movieId, row.tagId, row.count, row.relevance];
}

/** Counts as columns, in the order of `TagCounts` whatever order they come in. */
export function tagColumns(unordered: readonly TagCount[]): TagCounts {
  const rows = unordered.toSorted((a, b) => a.movieId - b.movieId || b.count - a.count || a.tagId - b.tagId);
  const columns = {
    movieIds: new Int32Array(rows.length),
    tagIds: new Int32Array(rows.length),
    counts: new Int32Array(rows.length),
    relevances: new Float32Array(rows.length),
  };
  rows.forEach((row, at) => {
    columns.movieIds[at] = row.movieId;
    columns.tagIds[at] = row.tagId;
    columns.counts[at] = row.count;
    columns.relevances[at] = row.relevance ?? Number.NaN;
  });
  return columns;
}
