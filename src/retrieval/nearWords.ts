/**
 * Sorted words that are asked which of them are within a few edits of a spelling: insert, delete, replace, or swap of
 * neighbours (optimal string alignment, as `editsBetween`).
 *
 * The words are walked as if they were a trie: what a word shares with the one before it needs no new arithmetic, and
 * once no continuation can come near any more, every word with that beginning is passed over. Fifty thousand names take
 * some tenths of a millisecond. Non-goal: updates.
 */
export class NearWords {
  private readonly words: readonly string[];
  /** How many letters each word shares with the one before it; no more than 255 are counted. */
  private readonly shared: Uint8Array;

  /** @param words ascending by UTF-16 code units; a word may stand twice */
  constructor(words: readonly string[]) {
    this.words = words;
    this.shared = new Uint8Array(words.length);
    for (let place = 1; place < words.length; place++)
      this.shared[place] = sharedLetters(words[place - 1]!, words[place]!);
  }

  /**
   * Visits the words within `most` edits of `said`, ascending.
   * @param range places looked at, from the first up to and without the second; left out: all
   */
  within(
    said: string,
    most: number,
    visit: (place: number, edits: number) => void,
    range: readonly [number, number] = [0, this.words.length],
  ): void {
    this.walk(said, most, 'whole', range, visit);
  }

  /**
   * Places of the words that begin with something within `most` edits of `said`, ascending. That beginning is one letter
   * shorter than `said` at least and one longer at most; a word that is shorter counts whole.
   */
  beginningLike(said: string, most: number): number[] {
    const found: number[] = [];
    this.walk(said, most, 'beginning', [0, this.words.length], (place) => found.push(place));
    return found;
  }

  private walk(
    said: string,
    most: number,
    what: 'whole' | 'beginning',
    [from, to]: readonly [number, number],
    visit: (place: number, edits: number) => void,
  ): void {
    const table = new EditTable(said, said.length > LONGEST ? 0 : most);
    /** So many letters of the word before are in the table. */
    let known = 0;
    /** Words that share so many letters with the word before share its fate; 0 = none does. */
    let settled = 0;
    let isNear = false;
    for (let place = from; place < to; place++) {
      const common = place === from ? 0 : this.shared[place]!;
      if (settled > 0 && common >= settled) {
        if (isNear) visit(place, table.edits(settled));
        continue;
      }
      const word = this.words[place]!;
      settled = 0;
      known = Math.min(known, common);
      while (settled === 0 && known < word.length) {
        const canComeNear = table.read(word, known + 1);
        if (canComeNear) known++;
        const isBeginning = what === 'beginning' && canComeNear && Math.abs(known - said.length) <= 1;
        isNear = isBeginning && table.isNear(known);
        if (isNear) settled = known;
        else if (!canComeNear) settled = known + 1;
        else if (isBeginning && known > said.length) settled = known;
      }
      if (isNear || (settled === 0 && table.isNear(known))) visit(place, table.edits(known));
    }
  }
}

/** Longer spellings are met by their equals only. */
const LONGEST = 100;

/** The edits from the beginnings of a word to the beginnings of `said`: one row for each letter read, one column for each of `said`. */
class EditTable {
  private readonly letters: Uint16Array;
  private readonly rows: Uint8Array;
  private readonly width: number;
  private readonly most: number;

  constructor(said: string, most: number) {
    this.letters = Uint16Array.from(said, (_, at) => said.charCodeAt(at));
    this.most = most;
    this.width = said.length + 1;
    this.rows = new Uint8Array(this.width * (said.length + most + 2));
    for (let column = 0; column < this.width; column++) this.rows[column] = column;
  }

  /**
   * Fills the row of a word's first `count` letters; the rows before it must be filled. Only the diagonal band that could
   * matter is computed.
   * @returns false when nothing that goes on from here is within `most` edits
   */
  read(word: string, count: number): boolean {
    const { letters, rows, width, most } = this;
    const from = Math.max(1, count - most);
    const to = Math.min(letters.length, count + most);
    if (from > to) return false;
    const row = count * width;
    const above = row - width;
    const letter = word.charCodeAt(count - 1);
    const letterBefore = count > 1 ? word.charCodeAt(count - 2) : -1;
    rows[row + from - 1] = from === 1 ? count : most + 1;
    let least = rows[row + from - 1]!;
    for (let column = from; column <= to; column++) {
      const other = letters[column - 1]!;
      let edits = rows[above + column - 1]!;
      if (letter !== other) {
        // Outside the band stands whatever an earlier word left.
        if (column < count + most && rows[above + column]! < edits) edits = rows[above + column]!;
        if (rows[row + column - 1]! < edits) edits = rows[row + column - 1]!;
        edits++;
        if (column > 1 && letterBefore === other && letter === letters[column - 2])
          edits = Math.min(edits, rows[above - width + column - 2]! + 1);
      }
      rows[row + column] = edits;
      if (edits < least) least = edits;
    }
    return least <= most;
  }

  /** Edits from a word's first `count` letters to `said`, exact up to `most`. */
  edits(count: number): number {
    return Math.abs(count - this.letters.length) > this.most
      ? this.most + 1
      : this.rows[count * this.width + this.letters.length]!;
  }

  isNear(count: number): boolean {
    return this.edits(count) <= this.most;
  }
}

function sharedLetters(a: string, b: string): number {
  const end = Math.min(a.length, b.length, 255);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}
