/** Rows come in pieces of this many, so that growing never copies what is there already. */
const PIECE = 1 << 22;

interface Piece {
  users: Int32Array;
  items: Int32Array;
  halfStars: Uint8Array;
  seconds: Uint32Array | null;
}

/** Ratings in the order they were read: 9 bytes a row (13 with times), tens of millions of them in memory at once. */
export class RatingRows {
  private readonly pieces: Piece[] = [];
  private readonly hasTimes: boolean;
  private current: Piece | null = null;
  private used = PIECE;
  private rows = 0;

  constructor(options: { hasTimes: boolean }) {
    this.hasTimes = options.hasTimes;
  }

  get length(): number {
    return this.rows;
  }

  get withTimes(): boolean {
    return this.hasTimes;
  }

  /** @param seconds since 1970, ignored when the set has no times */
  push(userId: number, itemId: number, halfStars: number, seconds = 0): void {
    if (this.used === PIECE) this.grow();
    const piece = this.current!;
    piece.users[this.used] = userId;
    piece.items[this.used] = itemId;
    piece.halfStars[this.used] = halfStars;
    if (piece.seconds) piece.seconds[this.used] = seconds;
    this.used++;
    this.rows++;
  }

  /** Every piece with the number of rows in it. */
  *chunks(): Generator<Piece & { length: number }> {
    for (const [at, piece] of this.pieces.entries())
      yield { ...piece, length: at === this.pieces.length - 1 ? this.used : PIECE };
  }

  /** Like `chunks`, letting go of each piece after its turn: memory falls while the next form is built. */
  *drain(): Generator<Piece & { length: number }> {
    while (this.pieces.length > 0) {
      const piece = this.pieces.shift()!;
      yield { ...piece, length: this.pieces.length === 0 ? this.used : PIECE };
    }
    this.current = null;
    this.used = PIECE;
    this.rows = 0;
  }

  private grow(): void {
    this.current = {
      users: new Int32Array(PIECE),
      items: new Int32Array(PIECE),
      halfStars: new Uint8Array(PIECE),
      seconds: this.hasTimes ? new Uint32Array(PIECE) : null,
    };
    this.pieces.push(this.current);
    this.used = 0;
  }
}
