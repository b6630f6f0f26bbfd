import { seededRandom } from './random.ts';

export type Interval = [low: number, high: number];

/**
 * 95 % intervals of means over people: people are drawn with replacement, all measures on the same draws, and the interval
 * runs between the 2.5 % and 97.5 % quantiles of the means (percentile bootstrap).
 */
export async function bootstrapIntervals(
  perPerson: Record<string, Float64Array>,
  { draws = 1000, seed = 1 } = {},
): Promise<Record<string, Interval>> {
  const { quantileSeq } = await import('mathjs'); // large, and only reports need it
  const names = Object.keys(perPerson);
  const people = perPerson[names[0]!]?.length ?? 0;
  const means = names.map(() => new Float64Array(draws));
  const random = seededRandom(seed);
  const chosen = new Uint32Array(people);
  for (let draw = 0; draw < draws; draw++) {
    for (let at = 0; at < people; at++) chosen[at] = Math.floor(random() * people);
    names.forEach((name, which) => {
      const values = perPerson[name]!;
      let sum = 0;
      for (let at = 0; at < people; at++) sum += values[chosen[at]!]!;
      means[which]![draw] = sum / people;
    });
  }
  return Object.fromEntries(
    // Sorted: mathjs would else pick pivots by chance, and the last digit with them.
    names.map((name, which) => [
      name,
      quantileSeq([...means[which]!.sort()], [0.025, 0.975], true) as Interval,
    ]),
  );
}

/**
 * Paired randomisation test, two-sided: under the null hypothesis the two results of a person could as well be exchanged.
 * p is the share of sign patterns drawn whose mean difference is at least as far from 0, counting the observed one.
 */
export function pairedRandomisation(
  first: Float64Array,
  second: Float64Array,
  { draws = 10_000, seed = 1 } = {},
): { difference: number; p: number } {
  const differences = first.map((value, at) => value - second[at]!);
  const observed = differences.reduce((sum, value) => sum + value, 0);
  // A person with equal results adds 0 whatever the sign.
  const telling = differences.filter((value) => value !== 0);
  const random = seededRandom(seed);
  const bound = Math.abs(observed) * (1 - 1e-12);
  let asFar = 1;
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (let at = 0; at < telling.length; at++) sum += random() < 0.5 ? telling[at]! : -telling[at]!;
    if (Math.abs(sum) >= bound) asFar++;
  }
  return { difference: observed / first.length, p: asFar / (draws + 1) };
}
