const SIZE = 624;
const MIDDLE = 397;

/**
 * MT19937 (Matsumoto & Nishimura 1998), seeded by `init_genrand`, giving doubles of 53 bits in [0, 1): the numbers of
 * NumPy's legacy `np.random.seed(seed)` and `np.random.rand()`, which public splits are made with.
 * @param seed 0 … 2³² − 1
 */
export function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(SIZE);
  state[0] = seed;
  for (let at = 1; at < SIZE; at++) {
    const before = state[at - 1]!;
    state[at] = Math.imul(1812433253, before ^ (before >>> 30)) + at;
  }
  let place = SIZE;
  const next = (): number => {
    if (place === SIZE) {
      twist(state);
      place = 0;
    }
    let word = state[place++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  };
  return () => {
    const high = next() >>> 5;
    const low = next() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  };
}

function twist(state: Uint32Array): void {
  for (let at = 0; at < SIZE; at++) {
    const mixed = (state[at]! & 0x80000000) | (state[(at + 1) % SIZE]! & 0x7fffffff);
    state[at] = state[(at + MIDDLE) % SIZE]! ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
  }
}
