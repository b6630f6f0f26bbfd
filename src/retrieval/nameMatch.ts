import { lowerBound } from './bm25.ts';
import { buildNameTable, byPopularity, NameTable, normaliseName, type NameTableState } from './nameTable.ts';
import { stem } from './tokenize.ts';

/** Names of one kind of thing (tags, people, genres, countries …), found by name and completed while typed. */
export interface NameEntry {
  key: number;
  name: string;
  aliases?: readonly string[];
  popularity: number;
}

export interface NameIndexState {
  table: NameTableState;
  /** The name of each entry as it is written, joined by line feeds. */
  written: string;
  /** `=normalised` and `~stemmed` forms, ascending, joined by line feeds. */
  forms: string;
  /** Entry of each form. */
  owners: Uint32Array;
}

export interface NameFound {
  key: number;
  name: string;
}

export class NameIndex {
  readonly state: NameIndexState;
  private readonly table: NameTable;
  private splitForms: string[] | null = null;
  private splitWritten: string[] | null = null;

  private constructor(state: NameIndexState) {
    this.state = state;
    this.table = new NameTable(state.table);
  }

  static build(entries: readonly NameEntry[]): NameIndex {
    const ordered = byPopularity(entries).map(({ key, name, aliases = [], popularity }) => ({
      key,
      names: [name, ...aliases],
      popularity,
    }));
    const pairs: { form: string; owner: number }[] = [];
    ordered.forEach(({ names }, owner) => {
      for (const form of new Set(names.flatMap(formsOfName))) pairs.push({ form, owner });
    });
    pairs.sort((a, b) => (a.form < b.form ? -1 : a.form > b.form ? 1 : a.owner - b.owner));
    return new NameIndex({
      table: buildNameTable(ordered),
      written: ordered.map(({ names }) => names[0]!.replaceAll('\n', ' ')).join('\n'),
      forms: pairs.map(({ form }) => form).join('\n'),
      owners: Uint32Array.from(pairs, ({ owner }) => owner),
    });
  }

  static revive(state: NameIndexState): NameIndex {
    return new NameIndex(state);
  }

  /** By exact name, else ignoring case, accents, punctuation and inflection; aliases count. No typos. */
  find(name: string): NameFound | null {
    if (name.length > 200) return null;
    for (const form of formsOfName(name)) {
      const at = lowerBound(this.forms, form);
      if (this.forms[at] === form) return this.entry(this.state.owners[at]!);
    }
    return null;
  }

  /** Keys for a field that completes, best first; the most used for an empty query. */
  complete(query: string, limit: number): number[] {
    return this.table.complete(query, limit).map((entry) => this.state.table.keys[entry]!);
  }

  /** Like `complete`, with the names as they are written. */
  completeNames(query: string, limit: number): NameFound[] {
    return this.table.complete(query, limit).map((entry) => this.entry(entry));
  }

  private get forms(): readonly string[] {
    return (this.splitForms ??= this.state.forms === '' ? [] : this.state.forms.split('\n'));
  }

  private entry(entry: number): NameFound {
    this.splitWritten ??= this.state.written.split('\n');
    return { key: this.state.table.keys[entry]!, name: this.splitWritten[entry]! };
  }
}

/** The normalised form first: it wins over an inflected one. */
function formsOfName(name: string): string[] {
  const normal = normaliseName(name);
  const stems = normal.split(' ').map(stem).join('');
  const written = name.trim().toLowerCase();
  if (normal === '') return written === '' ? [] : [`=${written}`];
  return [`=${normal}`, `~${stems}`];
}
