import { tokenize } from './tokenize.ts';

/** The tags, genres and keywords of each title by name, to tell why it matched. */
export interface LabelState {
  /** All label names, joined by line feeds. */
  names: string;
  /** Labels of row r stand at positions starts[r] … starts[r + 1] − 1 of `labels`. */
  starts: Uint32Array;
  labels: Uint32Array;
}

export function buildLabels(
  documents: readonly { genres: string[]; tags: { name: string }[]; keywords: string[] }[],
): LabelState {
  const numbers = new Map<string, number>();
  const starts = new Uint32Array(documents.length + 1);
  const labels: number[] = [];
  documents.forEach(({ genres, tags, keywords }, row) => {
    for (const name of new Set([...tags.map((tag) => tag.name), ...genres, ...keywords])) {
      const clean = name.replaceAll('\n', ' ');
      let number = numbers.get(clean);
      if (number === undefined) numbers.set(clean, (number = numbers.size));
      labels.push(number);
    }
    starts[row + 1] = labels.length;
  });
  return { names: [...numbers.keys()].join('\n'), starts, labels: Uint32Array.from(labels) };
}

const namesOf = new WeakMap<LabelState, string[]>();

/**
 * Labels of a row all of whose words are in the query.
 * @param impacts token → its part in the row's score
 */
export function matchedLabels(
  state: LabelState,
  row: number,
  impacts: ReadonlyMap<string, number>,
): { label: string; tokens: string[]; impact: number }[] {
  let names = namesOf.get(state);
  if (!names) namesOf.set(state, (names = state.names.split('\n')));
  const found: { label: string; tokens: string[]; impact: number }[] = [];
  for (let at = state.starts[row]!; at < state.starts[row + 1]!; at++) {
    const label = names[state.labels[at]!]!;
    const tokens = tokenize(label);
    if (tokens.length === 0 || !tokens.every((token) => impacts.has(token))) continue;
    found.push({ label, tokens, impact: tokens.reduce((sum, token) => sum + impacts.get(token)!, 0) });
  }
  return found;
}

const tokensOf = new WeakMap<LabelState, (string[] | undefined)[]>();

/**
 * Rows with a label that names one of these words, such as "disney" or "disney animated feature" for "not Disney".
 * @param beside words that may stand beside it in the label; any other word makes it another matter
 */
export function rowsLabelled(
  state: LabelState,
  words: ReadonlySet<string>,
  beside: ReadonlySet<string>,
): Set<number> {
  let names = namesOf.get(state);
  if (!names) namesOf.set(state, (names = state.names.split('\n')));
  let known = tokensOf.get(state);
  if (!known) tokensOf.set(state, (known = new Array<string[] | undefined>(names.length)));
  const wanted = new Set<number>();
  names.forEach((name, number) => {
    const tokens = (known[number] ??= tokenize(name));
    const isMeant = tokens.every((token) => words.has(token) || beside.has(token));
    if (isMeant && tokens.some((token) => words.has(token))) wanted.add(number);
  });
  const rows = new Set<number>();
  for (let row = 0; row + 1 < state.starts.length; row++)
    for (let at = state.starts[row]!; at < state.starts[row + 1]!; at++)
      if (wanted.has(state.labels[at]!)) rows.add(row);
  return rows;
}
