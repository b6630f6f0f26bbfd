/**
 * Whether two words are within `most` edits: insert, delete, replace, or swap of neighbours (optimal string alignment,
 * Boytsov 2011). Only the diagonal band that could matter is computed, and no text longer than 100 is compared.
 */
export function isWithinEdits(a: string, b: string, most: number): boolean {
  return editsBetween(a, b, most) <= most;
}

/** The number of edits, or `most + 1` when there are more. */
export function editsBetween(a: string, b: string, most: number): number {
  if (a === b) return 0;
  const tooMany = most + 1;
  if (most <= 0 || Math.abs(a.length - b.length) > most) return tooMany;
  if (a.length > LONGEST || b.length > LONGEST) return tooMany;
  const width = b.length + 1;
  for (let column = 0; column < width; column++) previous[column] = column;
  for (let row = 1; row <= a.length; row++) {
    const from = Math.max(1, row - most);
    const to = Math.min(b.length, row + most);
    current[0] = row;
    if (from > 1) current[from - 1] = tooMany;
    let least = row <= most ? row : tooMany;
    const letter = a.charCodeAt(row - 1);
    for (let column = from; column <= to; column++) {
      const other = b.charCodeAt(column - 1);
      // Outside the band stands whatever an earlier comparison left: it is at least `tooMany` away.
      const above = column <= row - 1 + most ? previous[column]! : tooMany;
      let edits =
        letter === other
          ? previous[column - 1]!
          : 1 + Math.min(previous[column - 1]!, above, current[column - 1]!);
      if (row > 1 && column > 1 && letter === b.charCodeAt(column - 2) && a.charCodeAt(row - 2) === other)
        edits = Math.min(edits, beforePrevious[column - 2]! + 1);
      current[column] = edits;
      if (edits < least) least = edits;
    }
    if (least > most) return tooMany;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return Math.min(previous[b.length]!, tooMany);
}

const LONGEST = 100;
let beforePrevious = new Uint16Array(LONGEST + 1);
let previous = new Uint16Array(LONGEST + 1);
let current = new Uint16Array(LONGEST + 1);

/** The letters and digits of a word as bits: words that differ in n bits are at least n ÷ 2 edits apart. */
export function letterBits(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (code >= 97 && code <= 122) bits |= 1 << (code - 97);
    else if (code !== 32) bits |= 1 << (26 + (code % 6));
  }
  return bits;
}

export function countBits(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
