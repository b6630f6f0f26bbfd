import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Title } from '../../domain.ts';
import { writeAside } from '../../writeAside.ts';

/** After this long TMDB is asked again for a title it had no poster of. */
export const ABSENCE_MS = 14 * 24 * 3600 * 1000;

type Known = Pick<Title, 'imdbId' | 'tmdbId' | 'kind'>;

/**
 * What a title's picture is kept under, the same whatever data set the title came with: its IMDb id, else its TMDB id.
 * null when there is neither: then nobody can be asked for one.
 */
export function photographKey({ imdbId, tmdbId, kind }: Known): string | null {
  if (imdbId !== null && /^tt\d{7,}$/.test(imdbId)) return imdbId;
  return tmdbId === null ? null : `tmdb-${kind}-${tmdbId}`;
}

/** The pictures in `<dataDir>/posters`: `tt0113277.jpg`; `tt0113277.none` where there is none to be had. */
export class PhotographFiles {
  readonly folder: string;
  private readonly names = new Map<string, string>();
  private readonly absentSince = new Map<string, number>();
  private seenMs = -1;

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'posters');
  }

  /** Looks at the folder; at once when nothing changed there since the last look. */
  async refresh(): Promise<void> {
    const changed = await stat(this.folder).catch(() => null);
    if (!changed || changed.mtimeMs === this.seenMs) return;
    const found = (await readdir(this.folder)).flatMap((name) => {
      const [, key, ending] = /^([\w-]+)\.(jpg|png|webp|none)$/.exec(name) ?? [];
      return key === undefined ? [] : [{ key, name, isAbsence: ending === 'none' }];
    });
    this.seenMs = changed.mtimeMs;
    // In one go: a page asks at any moment, and what is unknown for a moment is fetched again.
    this.names.clear();
    for (const { key, name, isAbsence } of found) if (!isAbsence) this.names.set(key, name);
    const absences = new Map(found.filter(({ isAbsence }) => isAbsence).map(({ key, name }) => [key, name]));
    for (const key of this.absentSince.keys()) if (!absences.has(key)) this.absentSince.delete(key);
    for (const [key, name] of absences) {
      const seen = await stat(join(this.folder, name)).catch(() => null);
      this.absentSince.set(key, seen?.mtimeMs ?? 0);
    }
  }

  /** File name inside `folder`. */
  nameOf(key: string): string | undefined {
    return this.names.get(key);
  }

  isKnownAbsent(key: string): boolean {
    return Date.now() - (this.absentSince.get(key) ?? 0) < ABSENCE_MS;
  }

  /** The file has its name only when it is whole. @returns its name inside `folder` */
  async save(key: string, bytes: Uint8Array, type: string): Promise<string> {
    const name = `${key}.${type}`;
    await this.put(name, bytes);
    await rm(join(this.folder, `${key}.none`), { force: true });
    const before = this.names.get(key);
    if (before !== undefined && before !== name) await rm(join(this.folder, before), { force: true });
    this.names.set(key, name);
    this.absentSince.delete(key);
    return name;
  }

  async saveAbsence(key: string): Promise<void> {
    await this.put(`${key}.none`, new Uint8Array());
    this.absentSince.set(key, Date.now());
  }

  private async put(name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await writeAside(join(this.folder, name), bytes);
  }
}
