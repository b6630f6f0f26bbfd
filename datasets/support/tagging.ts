import type { Title } from '../../src/domain.ts';
import { CLEARLY_RELEVANT, type TagCount } from '../dataSet.ts';

/** Room for a tag's number beside a movieId in one exact double. */
const TAGS = 2 ** 22;

/** Tags of a catalogue's titles, gathered by name: how often each was applied, and how relevant it is. */
export class Tagging {
  private readonly inCatalogue: ReadonlySet<number>;
  private readonly tagIds = new Map<string, number>();
  private readonly byPair = new Map<number, TagCount>();

  constructor(titles: readonly Title[]) {
    this.inCatalogue = new Set(titles.map(({ movieId }) => movieId));
  }

  /** Somebody applied the tag; nothing happens where the title is not in the catalogue. */
  apply(movieId: number, name: string): void {
    if (!this.inCatalogue.has(movieId)) return;
    this.entry(movieId, name).count++;
  }

  /** @param relevance 0–1; of a tag nobody applied it is kept from `CLEARLY_RELEVANT` up */
  score(movieId: number, name: string, relevance: number): void {
    if (!this.inCatalogue.has(movieId)) return;
    const isApplied = this.byPair.has(movieId * TAGS + this.tagIdOf(name));
    if (isApplied || relevance >= CLEARLY_RELEVANT) this.entry(movieId, name).relevance = relevance;
  }

  get tags(): { tagId: number; name: string }[] {
    return [...this.tagIds].map(([name, tagId]) => ({ tagId, name }));
  }

  get tagCounts(): TagCount[] {
    return [...this.byPair.values()];
  }

  private entry(movieId: number, name: string): TagCount {
    const tagId = this.tagIdOf(name);
    const pair = movieId * TAGS + tagId;
    let entry = this.byPair.get(pair);
    if (!entry) this.byPair.set(pair, (entry = { movieId, tagId, count: 0, relevance: null }));
    return entry;
  }

  private tagIdOf(name: string): number {
    let tagId = this.tagIds.get(name);
    if (tagId === undefined) this.tagIds.set(name, (tagId = this.tagIds.size + 1));
    return tagId;
  }
}
