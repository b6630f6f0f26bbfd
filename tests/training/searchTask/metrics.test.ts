import { expect, test } from 'vitest';
import { summarise } from '../../../training/searchTask/metrics.ts';

const placed = (...ranks: (number | null)[]) => ranks.map((rank, at) => ({ rank, user: String(at) }));

test('hits count at their depth and below, and a lost target counts nothing', () => {
  const metrics = summarise(placed(1, 5, 6, null));
  expect(metrics['hit@1']).toBe(0.25);
  expect(metrics['hit@5']).toBe(0.5);
  expect(metrics['hit@10']).toBe(0.75);
  expect(metrics['hit@50']).toBe(0.75);
  expect(metrics['mrr']).toBeCloseTo((1 + 1 / 5 + 1 / 6) / 4, 12);
});

test('mrr@10 forgets what stands below the tenth place, mrr does not', () => {
  const metrics = summarise(placed(20));
  expect(metrics['mrr']).toBeCloseTo(0.05, 12);
  expect(metrics['mrr@10']).toBe(0);
});

test('the interval of a coin thrown 400 times is about ± .05 around its mean, and the same every time', () => {
  const places = placed(...Array.from({ length: 400 }, (_, at) => (at % 2 ? 1 : null)));
  const [low, high] = summarise(places).intervals['hit@10']!;
  expect(low).toBeGreaterThan(0.43);
  expect(low).toBeLessThan(0.47);
  expect(high).toBeGreaterThan(0.53);
  expect(high).toBeLessThan(0.57);
  expect(summarise(places).intervals['hit@10']).toEqual([low, high]);
});

test('tasks of one person are drawn together, so few people make a wide interval', () => {
  const tasks = Array.from({ length: 400 }, (_, at) => ({
    rank: at < 200 ? 1 : null,
    user: at < 200 ? 'a' : 'b',
  }));
  expect(summarise(tasks).intervals['hit@10']).toEqual([0, 1]);
});

test('without a task there is no figure', () => {
  const metrics = summarise([]);
  expect(metrics['hit@10']).toBeNull();
  expect(metrics.intervals).toEqual({});
});
