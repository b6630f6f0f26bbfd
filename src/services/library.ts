import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import { UsageError } from '../errors.ts';
import { type EaseModel } from '../recommender/ease.ts';
import { decodeModel } from '../recommender/modelFile.ts';
import { Catalogue, type CatalogueState } from './catalogue.ts';

/** What the `settings` row `active` says. */
export interface Active {
  catalogueVersion: string;
  /** null until a model has been trained: taste is then popularity. */
  modelId: string | null;
  /** Which form of the indexes the snapshot has (buildSnapshot.ts); absent in the oldest. */
  form?: string | undefined;
}

/** Catalogue and model in memory, one immutable object: a request that began with one finishes with it. */
export interface Library {
  active: Active;
  catalogue: Catalogue;
  model: EaseModel | null;
  /** EASE index of each row, −1 outside the model. */
  indexOfRow: Int32Array;
  /** Row of each EASE index, −1 when the title is no longer in the catalogue. */
  rowOfIndex: Int32Array;
}

export const snapshotPath = (dataDir: string, version: string): string =>
  join(dataDir, `catalogue-${version}.bin`);
export const modelPath = (dataDir: string, modelId: string): string =>
  join(dataDir, 'models', `${modelId}.ease`);

/**
 * Reads both files.
 * @throws UsageError with the reason, and what to do about it, when one is missing or refused
 */
export async function loadLibrary(dataDir: string, active: Active): Promise<Library> {
  const [catalogue, model] = await Promise.all([
    readCatalogue(snapshotPath(dataDir, active.catalogueVersion)),
    active.modelId === null ? null : readModel(dataDir, active.modelId),
  ]);
  return assembleLibrary(active, catalogue, model);
}

async function readCatalogue(path: string): Promise<Catalogue> {
  try {
    return new Catalogue(deserialize(await readFile(path)) as CatalogueState);
  } catch (error) {
    throw new UsageError(
      `The file of the catalogue cannot be read (${(error as Error).message}): remove ${path}, and the next start builds it anew`,
      { cause: error },
    );
  }
}

async function readModel(dataDir: string, modelId: string): Promise<EaseModel> {
  try {
    return decodeModel(await readFile(modelPath(dataDir, modelId)));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'its file is missing' : message;
    throw new UsageError(
      `The active model ${modelId} cannot be served (${reason}): activate another of \`marquee train --list\` with \`marquee train --rollback MODELID\`, or train anew`,
      { cause: error },
    );
  }
}

export function assembleLibrary(active: Active, catalogue: Catalogue, model: EaseModel | null): Library {
  const indexOfRow = new Int32Array(catalogue.size).fill(-1);
  const rowOfIndex = new Int32Array(model?.movieIds.length ?? 0).fill(-1);
  model?.movieIds.forEach((movieId, index) => {
    const row = catalogue.rowOf(movieId);
    if (row === undefined) return;
    indexOfRow[row] = index;
    rowOfIndex[index] = row;
  });
  return { active, catalogue, model, indexOfRow, rowOfIndex };
}

/** Reading files that were refused takes as long as reading good ones: they are not looked at again before this. */
const RETRY_MS = 30_000;

/**
 * Holds the library a server answers from and swaps it whole when another process has activated a new one.
 */
export class LibraryHolder {
  private held: Library | null = null;
  private loading: Promise<void> | null = null;
  /** What could not be loaded, and when it is tried again. */
  private refused: { active: Active; untilMs: number } | null = null;
  private timer: NodeJS.Timeout | undefined;
  private readonly dataDir: string;
  private readonly readActive: () => Promise<Active | null>;
  private readonly onSwap: (library: Library) => void;
  private readonly onProblem: (error: unknown) => void;

  constructor(options: {
    dataDir: string;
    readActive: () => Promise<Active | null>;
    onSwap?: (library: Library) => void;
    onProblem?: (error: unknown) => void;
  }) {
    this.dataDir = options.dataDir;
    this.readActive = options.readActive;
    this.onSwap = options.onSwap ?? (() => {});
    this.onProblem = options.onProblem ?? (() => {});
  }

  /** null until the first library is loaded. */
  get current(): Library | null {
    return this.held;
  }

  /** Loads what is active when it is not what is held. Concurrent calls share one load. */
  async refresh(): Promise<void> {
    this.loading ??= this.load().finally(() => {
      this.loading = null;
    });
    await this.loading;
  }

  /**
   * Looks every two seconds. A failed look keeps the library that is held and is told; files that were refused are tried again,
   * and told again, half a minute later.
   */
  watch(intervalMs = 2000): void {
    let isLooking = false;
    const look = async () => {
      if (isLooking) return; // a look that takes longer than the interval tells its problem once
      isLooking = true;
      await this.look().catch(this.onProblem);
      isLooking = false;
    };
    this.timer = setInterval(() => void look(), intervalMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const { refused } = this;
    if (refused && Date.now() < refused.untilMs && isSame(refused.active, await this.readActive())) return;
    await this.refresh();
  }

  private async load(): Promise<void> {
    const active = await this.readActive();
    if (!active || isSame(this.held?.active, active)) return;
    try {
      this.held = await this.read(active);
      this.refused = null;
    } catch (error) {
      this.refused = { active, untilMs: Date.now() + RETRY_MS };
      throw error;
    }
    this.onSwap(this.held);
  }

  /** A new model over the catalogue that is held takes its file only. */
  private async read(active: Active): Promise<Library> {
    if (this.held?.active.catalogueVersion !== active.catalogueVersion || active.modelId === null)
      return loadLibrary(this.dataDir, active);
    return assembleLibrary(active, this.held.catalogue, await readModel(this.dataDir, active.modelId));
  }
}

const isSame = (one: Active | undefined, other: Active | null): boolean =>
  one?.catalogueVersion === other?.catalogueVersion && one?.modelId === other?.modelId;
