import { lowerBound } from './bm25.ts';
import { NearWords } from './nearWords.ts';
import { buildNameTable, byPopularity, NameTable, type NameTableState } from './nameTable.ts';
import { bareForm, bareOfWords, exactForm, formsOf, isPartWord } from './titleForms.ts';

/**
 * Titles by what people call them: exactly, then without articles, accents, "and" and numeral styles, then by a part of
 * the name, then within a bounded number of typos. The year decides between namesakes, else the better known wins.
 * Non-goal: guessing. "Hate" is not "Heat", "Alien 2" is not "Alien 3".
 */
export interface TitleEntry {
  key: number;
  /** The title, then its original and other names. */
  names: readonly string[];
  year: number;
  popularity: number;
}

export interface TitleIndexState {
  table: NameTableState;
  /** Year of each entry of the table. */
  years: Int16Array;
  /** `=exact`, `~bare` and `^part` forms, ascending, joined by line feeds. */
  forms: string;
  /** Entry of each form. */
  owners: Uint32Array;
}

export interface TitleFound {
  key: number;
  /** 1 exact, .95 normalised, .75 part of the name, .6–.9 with typos. */
  confidence: number;
}

/** Release years differ between sources by one, hardly ever by two. */
const YEAR_TOLERANCE = 1;
const LONGEST_NAME_WORDS = 14;

export class TitleIndex {
  readonly state: TitleIndexState;
  private readonly table: NameTable;
  private splitForms: string[] | null = null;
  private bareForms: { words: string[]; near: NearWords; from: number } | null = null;
  private entryOfKey: Map<number, number> | null = null;

  private constructor(state: TitleIndexState) {
    this.state = state;
    this.table = new NameTable(state.table);
  }

  static build(entries: readonly TitleEntry[]): TitleIndex {
    const ordered = byPopularity(entries);
    const pairs: { form: string; owner: number }[] = [];
    ordered.forEach(({ names }, owner) => {
      const { exact, bare, parts } = formsOf(names);
      for (const form of exact) pairs.push({ form: `=${form}`, owner });
      for (const form of bare) pairs.push({ form: `~${form}`, owner });
      for (const form of parts) pairs.push({ form: `^${form}`, owner });
    });
    pairs.sort((a, b) => (a.form < b.form ? -1 : a.form > b.form ? 1 : a.owner - b.owner));
    return new TitleIndex({
      table: buildNameTable(ordered),
      years: Int16Array.from(ordered, ({ year }) => year),
      forms: pairs.map(({ form }) => form).join('\n'),
      owners: Uint32Array.from(pairs, ({ owner }) => owner),
    });
  }

  static revive(state: TitleIndexState): TitleIndex {
    return new TitleIndex(state);
  }

  private get forms(): readonly string[] {
    return (this.splitForms ??= this.state.forms === '' ? [] : this.state.forms.split('\n'));
  }

  /**
   * The title that `said` names, with typos; null when none is close enough. A year, given or standing at the end of
   * `said`, must fit.
   */
  find(said: string, options: { year?: number } = {}): TitleFound | null {
    if (said.length > 200) return null;
    const whole = this.findNormalised(said, options.year);
    if (whole) return whole;
    const split = splitYear(said);
    if (split && options.year === undefined) {
      const found = this.findNormalised(split.name, split.year) ?? this.findFuzzy(split.name, split.year);
      if (found) return found;
    }
    return this.findFuzzy(said, options.year);
  }

  /** Like `find`, without typos. */
  findNormalised(said: string, year?: number): TitleFound | null {
    const bare = bareForm(said);
    if (bare === '') return null;
    return (
      this.pick(`=${exactForm(said)}`, 1, year) ??
      this.pick(`~${bare}`, 0.95, year) ??
      this.pick(`^${bare}`, 0.75, year)
    );
  }

  /**
   * Every title whose name stands in a text at one place, shortest first.
   * @param words the text's words, normalised (`normaliseName`)
   */
  namesAt(words: readonly string[], at: number): { length: number; found: TitleFound }[] {
    const matches: { length: number; found: TitleFound }[] = [];
    for (let length = 1; length <= LONGEST_NAME_WORDS && at + length <= words.length; length++) {
      const said = words.slice(at, at + length);
      const bare = bareOfWords(said);
      if (bare === '' || isPartWord(said.at(-1)!)) continue;
      if (!this.hasFormStartingWith(`~${bare}`) && !this.hasFormStartingWith(`^${bare}`)) {
        // "part" and a leading article join the bare form only with what follows.
        if (length > 1) break;
        continue;
      }
      const found =
        this.pick(`=${said.join(' ')}`, 1, undefined) ??
        this.pick(`~${bare}`, 0.95, undefined) ??
        this.pick(`^${bare}`, 0.75, undefined);
      if (found) matches.push({ length, found });
    }
    return matches;
  }

  private hasFormStartingWith(prefix: string): boolean {
    return this.forms[lowerBound(this.forms, prefix)]?.startsWith(prefix) ?? false;
  }

  /** Year of a key; undefined for an unknown key. */
  yearOf(key: number): number | undefined {
    const entry = this.entryOf(key);
    return entry === undefined ? undefined : this.state.years[entry];
  }

  /** Every title of that very name (typos aside), best known first. */
  namesakes(said: string): number[] {
    const owners = new Set([...this.ownersOf(`=${exactForm(said)}`), ...this.ownersOf(`~${bareForm(said)}`)]);
    return [...owners].sort((a, b) => a - b).map((owner) => this.state.table.keys[owner]!);
  }

  /** What an unknown name may have meant, best first. */
  suggest(said: string, limit: number): number[] {
    const found = new Set<number>();
    const short = said.slice(0, 100);
    const name = splitYear(short)?.name ?? short;
    for (const owner of this.nearForms(bareForm(name), 1)) found.add(owner);
    for (const owner of this.table.similar(name, limit)) found.add(owner);
    if (name.trim() !== '') for (const owner of this.table.complete(name, limit)) found.add(owner);
    return [...found].slice(0, Math.max(0, limit)).map((owner) => this.state.table.keys[owner]!);
  }

  /** Titles for a field that completes: any word by its beginning, typos forgiven unless said otherwise; the best known for an empty query. */
  complete(query: string, limit: number, options: { areTyposForgiven?: boolean } = {}): number[] {
    return this.table.complete(query, limit, options).map((entry) => this.state.table.keys[entry]!);
  }

  /** log-popularity of a key, 0–1; 0 for an unknown key. */
  fameOf(key: number): number {
    const entry = this.entryOf(key);
    return entry === undefined ? 0 : this.state.table.fame[entry]!;
  }

  private entryOf(key: number): number | undefined {
    this.entryOfKey ??= new Map(Array.from(this.state.table.keys, (known, entry) => [known, entry]));
    return this.entryOfKey.get(key);
  }

  private ownersOf(form: string): number[] {
    const owners: number[] = [];
    for (let at = lowerBound(this.forms, form); this.forms[at] === form; at++)
      owners.push(this.state.owners[at]!);
    return owners;
  }

  private pick(form: string, confidence: number, year: number | undefined): TitleFound | null {
    const owner = this.bestOwner(this.ownersOf(form), year);
    return owner === null ? null : { key: this.state.table.keys[owner]!, confidence };
  }

  /** The best known (lowest) owner whose year fits; the closer year first. */
  private bestOwner(owners: readonly number[], year: number | undefined): number | null {
    let best: number | null = null;
    let bestDistance = Infinity;
    for (const owner of owners) {
      const distance = year === undefined ? 0 : Math.abs(this.state.years[owner]! - year);
      if (distance > YEAR_TOLERANCE) continue;
      if (best === null || distance < bestDistance || (distance === bestDistance && owner < best)) {
        best = owner;
        bestDistance = distance;
      }
    }
    return best;
  }

  private findFuzzy(said: string, year: number | undefined): TitleFound | null {
    const bare = bareForm(said);
    const most = editsAllowed(bare.length);
    if (most === 0) return null;
    let best: { owner: number; edits: number } | null = null;
    for (const { owner, form, edits } of this.formsWithin(bare, most)) {
      if (!isSameTitle(bare, form)) continue;
      if (year !== undefined && Math.abs(this.state.years[owner]! - year) > YEAR_TOLERANCE) continue;
      if (!best || edits < best.edits || (edits === best.edits && owner < best.owner))
        best = { owner, edits };
    }
    return (
      best && {
        key: this.state.table.keys[best.owner]!,
        confidence: Math.max(0.6, 1 - (1.5 * best.edits) / bare.length),
      }
    );
  }

  private nearForms(bare: string, extra: number): number[] {
    const most = editsAllowed(bare.length) + extra;
    return this.formsWithin(bare, bare.length < 4 ? 0 : most)
      .sort((a, b) => a.edits - b.edits || a.owner - b.owner)
      .map(({ owner }) => owner);
  }

  private formsWithin(bare: string, most: number): { owner: number; form: string; edits: number }[] {
    const { words, near, from } = this.bareWords;
    const found: { owner: number; form: string; edits: number }[] = [];
    near.within(bare, most, (place, edits) =>
      found.push({ owner: this.state.owners[from + place]!, form: words[place]!, edits }),
    );
    return found;
  }

  /** The bare forms without their mark; they stand last. */
  private get bareWords() {
    if (this.bareForms) return this.bareForms;
    const from = lowerBound(this.forms, '~');
    const words = this.forms.slice(from).map((form) => form.slice(1));
    return (this.bareForms = { words, near: new NearWords(words), from });
  }
}

/** Short names have neighbours that are other titles: no typo below five letters. */
function editsAllowed(length: number): number {
  return length < 5 ? 0 : length < 8 ? 1 : length < 15 ? 2 : 3;
}

/** Refuses what one edit makes another title: a number, a plural, another first letter of a short name. */
function isSameTitle(said: string, form: string): boolean {
  if (digitsOf(said) !== digitsOf(form)) return false;
  if (said.length < 9 && (`${said}s` === form || `${form}s` === said)) return false;
  return said.length >= 8 || said[0] === form[0];
}

const digitsOf = (form: string): string => form.replace(/\D/g, '');

/** "Heat (1995)", "Heat 1995", "Heat, 1995" → name and year. */
function splitYear(said: string): { name: string; year: number } | null {
  const match = /^(.*?\S)[\s,]*[([]?\b((?:18|19|20)\d\d)\b[)\]]?\s*$/u.exec(said.slice(0, 200));
  return match ? { name: match[1]!.replace(/[\s,([]+$/, ''), year: Number(match[2]) } : null;
}
