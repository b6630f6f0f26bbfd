import type { Title } from '../src/domain.ts';
import type { FilteredRatings } from './support/filterSteps.ts';
import type { SetupChoices } from './support/options.ts';
import type { OnProgress } from './support/progress.ts';
import type { Counts, StepReport } from './support/report.ts';
import type { TitleReviews } from './support/reviews.ts';

/** What every data set says of itself; printed before it is fetched or read. */
interface About {
  name: string;
  licence: string;
  citation: string;
  /** Where a person gets it, when it cannot be fetched from here. */
  page: string;
  download?: Download;
  /** It asks a service itself: without `--from` there is no file to read. */
  needsNoFile?: true;
}

export interface Download {
  url: string;
  fileName: string;
  /** Exact size, when it is published. */
  sizeBytes?: number;
  /** Address of a file with the MD5 of the download, when there is one. */
  md5Url?: string;
}

/** What a data set is handed: a person's choices and where to read and report. */
export interface SetupOptions extends SetupChoices {
  /** File or folder to read; null for a set that is part of the project. */
  path: string | null;
  dataDir: string;
  onProgress: OnProgress;
  /** Ids of our own for titles without a MovieLens id: the same key has the same id for ever. */
  assignOwnIds: (keys: string[]) => Promise<ReadonlyMap<string, number>>;
}

/** A tag nobody applied is kept when the genome says it fits at least this well: the rest would be a thousand near-zeros a title. */
export const CLEARLY_RELEVANT = 0.5;

export interface TagCount {
  movieId: number;
  tagId: number;
  count: number;
  relevance: number | null;
}

/** A whole catalogue with what people said about it. */
export interface BaseData {
  titles: Title[];
  tags: { tagId: number; name: string }[];
  tagCounts: TagCount[];
  /** null: nobody's ratings come with it; taste is then popularity. */
  ratings: Pick<FilteredRatings, 'table' | 'heldOut'> | null;
  /** What people wrote about titles, by movieId, where it was asked for. */
  reviews?: ReadonlyMap<number, TitleReviews>;
  steps: StepReport[];
  numbers: Record<string, number>;
}

/** What an add-on brings to a catalogue that is there. */
export interface Enrichment {
  /** Facts to set; a field that is absent stays as it is. */
  updates: (Partial<Title> & { movieId: number })[];
  newTitles: Title[];
  /** Names of people as it spells them, also where the catalogue's own stay: broken ones are mended by them. */
  people?: string[];
  steps: StepReport[];
  numbers: Record<string, number>;
}

/** Replaces the catalogue and the data-set ratings. */
export interface BaseDataSet extends About {
  kind: 'base';
  transform(options: SetupOptions): Promise<BaseData>;
}

/** Adds facts or titles; ratings and model stay as they are. */
export interface AddOn extends About {
  kind: 'add-on';
  /** Titles it brought before stay, and are handed to it with the others; else it brings all of them anew. */
  keepsEarlier?: true;
  enrich(titles: readonly Title[], options: SetupOptions): Promise<Enrichment>;
}

export type DataSet = BaseDataSet | AddOn;

export const noCounts: Counts = { titles: 0, ratings: 0, users: 0 };

/** Names own ids are kept under: the IMDb id, else title, year and kind. */
export const ownIdKey = (title: {
  imdbId: string | null;
  title: string;
  year: number;
  kind: string;
}): string => title.imdbId ?? `${title.title.normalize('NFKC').toLowerCase()}|${title.year}|${title.kind}`;
