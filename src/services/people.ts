import type { Title } from '../domain.ts';
import { lowerBound } from '../retrieval/bm25.ts';
import { fold } from '../retrieval/tokenize.ts';
import type { Catalogue } from './catalogue.ts';
import { oncePer } from './oncePer.ts';

/** Somebody who directed, created or plays in titles that are not retired. */
export interface CataloguePerson {
  name: string;
  /** The name as it is compared (`nameKey`). */
  key: string;
  /** Their titles. */
  rows: number[];
}

/** Names are compared without case, accents, punctuation and a leading article. */
export const nameKey = (name: string): string =>
  fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(the|a|an) (?=\S)/, '');

/**
 * Everybody in a catalogue, the one with most titles first, found by name without looking at all of them. Made once a
 * catalogue, at the first question.
 */
export class People {
  private readonly catalogue: Catalogue;
  private readonly all: CataloguePerson[];
  private readonly placesOfKey = new Map<string, number>();
  private readonly placesOfWord = new Map<string, number[]>();
  private readonly placeOfName = new Map<string, number>();
  /** Keys in ascending order, and whose they are. */
  private readonly sortedKeys: string[];
  private readonly sortedPlaces: number[];

  static readonly of = oncePer((catalogue: Catalogue) => new People(catalogue));

  private constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
    const byName = new Map<string, CataloguePerson>();
    catalogue.titles.forEach((title, row) => {
      if (title.isRetired) return;
      for (const name of new Set([...title.directors, ...title.cast])) {
        const person = byName.get(name);
        if (person) person.rows.push(row);
        else byName.set(name, { name, key: nameKey(name), rows: [row] });
      }
    });
    const { compare } = new Intl.Collator('en');
    this.all = [...byName.values()].sort((a, b) => b.rows.length - a.rows.length || compare(a.name, b.name));
    this.all.forEach(({ name, key }, place) => {
      this.placeOfName.set(name, place);
      if (!this.placesOfKey.has(key)) this.placesOfKey.set(key, place);
      for (const word of new Set(key.split(' '))) {
        const places = this.placesOfWord.get(word);
        if (places) places.push(place);
        else this.placesOfWord.set(word, [place]);
      }
    });
    this.sortedPlaces = [...this.all.keys()].sort((a, b) =>
      this.all[a]!.key < this.all[b]!.key ? -1 : this.all[a]!.key > this.all[b]!.key ? 1 : a - b,
    );
    this.sortedKeys = this.sortedPlaces.map((place) => this.all[place]!.key);
  }

  /** Who goes by exactly this name. @param key of the name (`nameKey`) */
  named(key: string): CataloguePerson | undefined {
    const place = this.placesOfKey.get(key);
    return place === undefined ? undefined : this.all[place];
  }

  /** Those whose name holds the words of the query one after another, or begins with its letters; most titles first. */
  alike(key: string, limit: number): CataloguePerson[] {
    const places = new Set(
      (this.placesOfWord.get(key.split(' ')[0]!) ?? []).filter((place) =>
        ` ${this.all[place]!.key} `.includes(` ${key} `),
      ),
    );
    for (let at = lowerBound(this.sortedKeys, key); this.sortedKeys[at]?.startsWith(key); at++)
      places.add(this.sortedPlaces[at]!);
    return this.inOrder([...places]).slice(0, limit);
  }

  /** People by names as they are written in the catalogue, most titles first. */
  written(names: readonly string[]): CataloguePerson[] {
    return this.inOrder(names.flatMap((name) => this.placeOfName.get(name) ?? []));
  }

  /** A person's titles, best known first. */
  titlesOf(person: CataloguePerson): Title[] {
    const { titles, popularity } = this.catalogue;
    return person.rows
      .toSorted((a, b) => popularity[b]! - popularity[a]! || titles[a]!.movieId - titles[b]!.movieId)
      .map((row) => titles[row]!);
  }

  private inOrder(places: number[]): CataloguePerson[] {
    return places.sort((a, b) => a - b).map((place) => this.all[place]!);
  }
}
