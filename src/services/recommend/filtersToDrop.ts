import type { Filters, Title } from '../../domain.ts';
import { makeFilter } from '../catalogue.ts';

type FilterField = keyof Filters;

/** Filters that are kept or dropped as one: the two ends of a span of years are one wish. */
export function filterGroups(filters: Filters): FilterField[][] {
  const { yearFrom, yearTo } = filters;
  const isSpan = yearFrom !== undefined && yearTo !== undefined && yearFrom <= yearTo;
  const single = (Object.keys(filters) as FilterField[]).filter(
    (field) => filters[field] !== undefined && !(isSpan && (field === 'yearFrom' || field === 'yearTo')),
  );
  return [...single.map((field) => [field]), ...(isSpan ? [['yearFrom', 'yearTo'] as FilterField[]] : [])];
}

/**
 * The fewest filters that have to go for more titles to come; of as many, those that bring most. One is enough as a
 * rule; "a western of 1921 with Tom Hanks" has to lose two.
 * @param titles those that could be recommended if nothing were filtered
 * @returns the one most titles fail first; none when no filter keeps anything away
 */
export function filtersToDrop(filters: Filters, titles: readonly Title[]): FilterField[] {
  const groups = filterGroups(filters);
  const tests = groups.map((fields) => makeFilter(pick(filters, fields)));
  // Titles by the groups they fail, one bit each: any set of groups is then counted without looking at titles again.
  const failing = new Map<number, number>();
  for (const title of titles) {
    const failed = tests.reduce((bits, passes, at) => (passes(title) ? bits : bits | (1 << at)), 0);
    if (failed > 0) failing.set(failed, (failing.get(failed) ?? 0) + 1);
  }
  let best = { dropped: 0, size: Infinity, brings: 0 };
  for (const dropped of failing.keys()) {
    const size = countBits(dropped);
    if (size > best.size) continue;
    const brings = countWhere(failing, (failed) => (failed & ~dropped) === 0);
    if (size < best.size || brings > best.brings) best = { dropped, size, brings };
  }
  const failedBy = (bit: number) => countWhere(failing, (failed) => (failed & bit) !== 0);
  return groups
    .map((fields, at) => ({ fields, bit: 1 << at }))
    .filter(({ bit }) => (best.dropped & bit) !== 0)
    .sort((a, b) => failedBy(b.bit) - failedBy(a.bit))
    .flatMap(({ fields }) => fields);
}

const pick = (filters: Filters, fields: readonly FilterField[]): Filters =>
  Object.fromEntries(fields.map((field) => [field, filters[field]]));

const countBits = (bits: number): number => bits.toString(2).replaceAll('0', '').length;

function countWhere(counts: ReadonlyMap<number, number>, isCounted: (bits: number) => boolean): number {
  let sum = 0;
  for (const [bits, count] of counts) if (isCounted(bits)) sum += count;
  return sum;
}
