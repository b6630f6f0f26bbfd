import { titleEntriesOf } from '../gram.ts';
import { type TrainingMatrix } from '../trainingMatrix.ts';
import { type Address } from './chooseKernel.ts';

/** X and its index by titles in a shared memory of their own, which can be collected before the inverse is computed. */
export interface GramSpace {
  memory: WebAssembly.Memory;
  titleStart: Address;
  place: Address;
  userBegin: Address;
  items: Address;
  values: Address;
  /** For each thread: one row in f64. */
  sums: Address[];
}

const PAGE_BYTES = 65_536;

export function gramSpaceOf(matrix: TrainingMatrix, threads: number): GramSpace {
  const titles = matrix.movieIds.length;
  const numbers = titles + 1 + 4 * matrix.items.length;
  const pages = Math.ceil((4 * numbers + 8 * (titles + 8) * threads + 8 * PAGE_BYTES) / PAGE_BYTES);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  let next = 1024;
  const take = (bytes: number): Address => {
    const address = next;
    next += Math.ceil(bytes / 64) * 64;
    return address;
  };
  const integers = (length: number) => new Uint32Array(memory.buffer, take(4 * length), length);
  const { titleStart, place, userBegin } = titleEntriesOf(matrix, integers);
  const items = integers(matrix.items.length);
  items.set(matrix.items);
  const values = new Float32Array(memory.buffer, take(4 * matrix.values.length), matrix.values.length);
  values.set(matrix.values);
  return {
    memory,
    titleStart: titleStart.byteOffset,
    place: place.byteOffset,
    userBegin: userBegin.byteOffset,
    items: items.byteOffset,
    values: values.byteOffset,
    sums: Array.from({ length: threads }, () => take(8 * titles)),
  };
}
