import { type RatingsTable } from '../ratingsFile.ts';
import { shuffle } from '../random.ts';
import { range } from '../trainingMatrix.ts';
import { dot } from './dense.ts';
import { logistic, normalSource, upperQuantile, upperTail } from './normal.ts';
import { type Cohort, STAR_CLASSES, starSharesIn, type TasteModel } from './tasteModel.ts';

export interface DrawOptions {
  people: number;
  /** Numbers in [0, 1): seeded, so that the same people come out everywhere. */
  random: () => number;
  /** Titles drawn fewer times are given to the people whose taste came nearest to them. */
  minRatings?: number;
}

export interface DrawnPeople {
  /** Items are numbered as the model's titles; a person who drew nothing is a row without ratings. */
  table: RatingsTable;
  cohorts: Uint8Array;
  activities: Float32Array;
}

interface Drawn {
  titles: number[];
  halfStars: number[];
}

/** Draws people from the model. Cohorts and activities are stratified: their shares come out exact, only tastes vary. */
export function drawPeople(model: TasteModel, options: DrawOptions): DrawnPeople {
  const { random } = options;
  const titles = model.movieIds.length;
  const noise = residuals(model);
  const normal = normalSource(random);
  const shuffled = shuffle(range(options.people), random);
  const people: Drawn[] = new Array<Drawn>(options.people);
  const cohorts = new Uint8Array(options.people);
  const activities = new Float32Array(options.people);
  const nearest = new NearMisses(titles, options.minRatings ?? 0);
  let from = 0;
  for (const [at, cohort] of model.cohorts.entries()) {
    const last = at === model.cohorts.length - 1;
    const until = last
      ? options.people
      : Math.min(options.people, from + Math.round(cohort.share * options.people));
    const tastes = drawTastes(until - from, model.rank, random);
    for (let order = from; order < until; order++) {
      const person = shuffled[order]!;
      const activity = quantileOf(cohort.activity, (order - from + random()) / (until - from));
      cohorts[person] = at;
      activities[person] = activity;
      const taste = tastes.subarray((order - from) * model.rank, (order - from + 1) * model.rank);
      people[person] = drawPerson(model, cohort, activity, taste, noise, normal, random, (title, miss) =>
        nearest.add(title, person, miss),
      );
    }
    from = until;
  }
  topUp(model, people, nearest, options.minRatings ?? 0);
  return { table: toTable(model.movieIds, people), cohorts, activities };
}

/**
 * Standard normal tastes, people × rank. Where there are more people than dimensions the columns are made orthogonal, of
 * mean 0 and variance 1 exactly (Gram and Schmidt): the drawn people then differ from the model by less chance.
 */
function drawTastes(people: number, rank: number, random: () => number): Float32Array {
  const normal = normalSource(random);
  const columns = Array.from({ length: rank }, () => Float64Array.from({ length: people }, normal));
  if (people > 2 * rank) columns.forEach((column, k) => makeOrthogonal(column, columns.slice(0, k)));
  const tastes = new Float32Array(people * rank);
  columns.forEach((column, k) => column.forEach((value, person) => (tastes[person * rank + k] = value)));
  return tastes;
}

/** @param others orthogonal to each other, mean 0, variance 1 */
function makeOrthogonal(column: Float64Array, others: Float64Array[]): void {
  const people = column.length;
  const mean = column.reduce((sum, value) => sum + value, 0) / people;
  for (let at = 0; at < people; at++) column[at]! -= mean;
  for (const other of others) {
    const share = dot(column, 0, other, 0, people) / people;
    for (let at = 0; at < people; at++) column[at]! -= share * other[at]!;
  }
  const deviation = Math.sqrt(dot(column, 0, column, 0, people) / people);
  for (let at = 0; at < people; at++) column[at]! /= deviation;
}

/** √(1 − |f_i|²). */
function residuals({ factors, rank, movieIds }: TasteModel): Float32Array {
  return Float32Array.from(movieIds, (_, title) => {
    let square = 0;
    for (let k = title * rank; k < (title + 1) * rank; k++) square += factors[k]! ** 2;
    return Math.sqrt(Math.max(0.02, 1 - square));
  });
}

function drawPerson(
  model: TasteModel,
  cohort: Cohort,
  activity: number,
  taste: Float32Array,
  noise: Float32Array,
  normal: () => number,
  random: () => number,
  onMiss: (title: number, miss: number) => void,
): Drawn {
  const { rank, factors, leniency } = model;
  const lenience = normal() * Math.sqrt(leniency);
  const own = Math.sqrt(1 - leniency);
  const drawn: Drawn = { titles: [], halfStars: [] };
  for (let title = 0; title < noise.length; title++) {
    const base = cohort.base[title]!;
    if (base < -29) continue;
    let z = noise[title]! * normal();
    for (let k = 0, at = title * rank; k < rank; k++, at++) z += factors[at]! * taste[k]!;
    const rated = logistic(base + cohort.slope[title]! * activity);
    const tail = upperTail(z);
    if (tail >= rated) {
      onMiss(title, tail - rated);
      continue;
    }
    const place = own * upperQuantile(Math.min(1 - 1e-9, Math.max(1e-9, tail / rated))) + lenience;
    drawn.titles.push(title);
    drawn.halfStars.push(starsAt(model, cohort, title, 1 - upperTail(place), random));
  }
  return drawn;
}

const shares = new Float64Array(STAR_CLASSES);

/** @param place 0 (the least liked of the title's ratings) to 1 */
function starsAt(
  model: TasteModel,
  cohort: Cohort,
  title: number,
  place: number,
  random: () => number,
): number {
  starSharesIn(model, cohort, title, shares);
  let star = 0;
  let below = 0;
  while (star < STAR_CLASSES - 1) {
    const share = shares[star]!;
    if (place < below + share) break;
    below += share;
    star++;
  }
  let left = random();
  for (const { halfStars, share } of cohort.split[star]!) {
    left -= share;
    if (left < 0) return halfStars;
  }
  return cohort.split[star]!.at(-1)!.halfStars;
}

function quantileOf(quantiles: number[], share: number): number {
  const place = Math.min(0.999999, Math.max(0, share)) * (quantiles.length - 1);
  const at = Math.floor(place);
  return quantiles[at]! + (quantiles[at + 1]! - quantiles[at]!) * (place - at);
}

/** For each title the people who came closest to having rated it. */
class NearMisses {
  private readonly lists: { person: number; miss: number }[][];
  private readonly wanted: number;
  constructor(titles: number, wanted: number) {
    this.lists = Array.from({ length: titles }, () => []);
    this.wanted = wanted;
  }
  add(title: number, person: number, miss: number): void {
    const list = this.lists[title]!;
    if (this.wanted === 0 || (list.length === this.wanted && miss >= list.at(-1)!.miss)) return;
    if (list.length === this.wanted) list.pop();
    list.push({ person, miss });
    list.sort((a, b) => a.miss - b.miss);
  }
  people(title: number): number[] {
    return this.lists[title]!.map(({ person }) => person);
  }
}

/** Gives a title that too few drew to those who nearly did, with the star in the middle of its ratings. */
function topUp(model: TasteModel, people: Drawn[], nearest: NearMisses, minRatings: number): void {
  const counts = new Uint32Array(model.movieIds.length);
  for (const { titles } of people) for (const title of titles) counts[title]!++;
  const everyone = model.cohorts.at(-1)!;
  counts.forEach((count, title) => {
    nearest
      .people(title)
      .slice(0, Math.max(0, minRatings - count))
      .forEach((person, order, { length }) => {
        people[person]!.titles.push(title);
        people[person]!.halfStars.push(
          starsAt(model, everyone, title, 1 - (order + 0.5) / length, () => 0.5),
        );
      });
  });
}

/** Titles are numbered as in the model; each person's in ascending order. */
function toTable(movieIds: Int32Array, people: Drawn[]): RatingsTable {
  const userStart = new Uint32Array(people.length + 1);
  people.forEach(({ titles }, user) => (userStart[user + 1] = userStart[user]! + titles.length));
  const items = new Uint32Array(userStart.at(-1)!);
  const halfStars = new Uint8Array(items.length);
  people.forEach((person, user) => {
    const order = [...person.titles.keys()].sort((a, b) => person.titles[a]! - person.titles[b]!);
    order.forEach((from, at) => {
      items[userStart[user]! + at] = person.titles[from]!;
      halfStars[userStart[user]! + at] = person.halfStars[from]!;
    });
  });
  return { itemIds: movieIds.slice(), userStart, items, halfStars };
}
