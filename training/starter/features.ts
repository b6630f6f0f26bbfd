import { type StarterRow } from '../../datasets/starter/rows.ts';
import { seededRandom } from '../random.ts';

/** What is known of a title without any rating, as named numbers: tags, genres, years, countries, people, fame, acclaim. */
export type Features = Map<string, number>;

const WEIGHTS = {
  tag: 1,
  genre: 0.7,
  year: 1,
  country: 0.35,
  language: 0.3,
  director: 0.6,
  cast: 0.25,
  kind: 0.5,
  level: 1.2,
};
/** Years between the knots of the era features. */
const KNOT_YEARS = 12;

export function featuresOf(rows: StarterRow[]): Features[] {
  const uses = new Map<string, number>();
  for (const { tags } of rows) for (const tag of Object.keys(tags)) uses.set(tag, (uses.get(tag) ?? 0) + 1);
  return rows.map((row) => {
    const features: Features = new Map();
    let square = 0;
    const tags = Object.entries(row.tags).map(([tag, relevance]) => {
      const weight = (relevance / 100) * Math.log((rows.length + 1) / uses.get(tag)!);
      square += weight * weight;
      return [tag, weight] as const;
    });
    for (const [tag, weight] of tags) features.set(`tag:${tag}`, (WEIGHTS.tag * weight) / Math.sqrt(square));
    addAll(features, 'genre', row.genres, WEIGHTS.genre);
    addAll(features, 'country', row.countries, WEIGHTS.country);
    addAll(features, 'language', row.languages.slice(0, 1), WEIGHTS.language);
    addAll(features, 'director', row.directors, WEIGHTS.director);
    addAll(features, 'cast', row.cast, WEIGHTS.cast);
    features.set(`kind:${row.kind}`, WEIGHTS.kind);
    addYear(features, row.year);
    features.set('fame', WEIGHTS.level * (row.fame / 100 - 0.6));
    features.set('acclaim', WEIGHTS.level * (row.acclaim / 100 - 0.75));
    return features;
  });
}

function addAll(features: Features, name: string, values: string[], weight: number): void {
  for (const value of values) features.set(`${name}:${value}`, weight / Math.sqrt(values.length));
}

/** A year lies between two knots and counts for each by its nearness. */
function addYear(features: Features, year: number): void {
  const place = (year - 1916) / KNOT_YEARS;
  const knot = Math.floor(place);
  features.set(`year:${knot}`, WEIGHTS.year * (1 - (place - knot)));
  features.set(`year:${knot + 1}`, WEIGHTS.year * (place - knot));
}

/** Dot products of every title with every title. */
export function kernelOf(features: Features[]): Float64Array {
  const n = features.length;
  const kernel = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (const [name, value] of features[i]!) sum += value * (features[j]!.get(name) ?? 0);
      kernel[i * n + j] = kernel[j * n + i] = sum;
    }
  return kernel;
}

/**
 * Each title's features by a random projection, less their mean, at length 1: dot products are close to the cosines of the
 * centred features (Johnson and Lindenstrauss). Fame and acclaim are left out: they do not make titles alike.
 * @returns titles × width, row major
 */
export function likenessOf(features: Features[], width: number, seed = 5): Float32Array {
  const random = seededRandom(seed);
  const directions = new Map<string, Float32Array>();
  const directionOf = (name: string): Float32Array => {
    const known = directions.get(name);
    if (known) return known;
    const direction = Float32Array.from({ length: width }, () => (random() < 0.5 ? -1 : 1));
    directions.set(name, direction);
    return direction;
  };
  const likeness = new Float32Array(features.length * width);
  const mean = new Float64Array(width);
  features.forEach((own, title) => {
    for (const [name, value] of own) {
      if (name === 'fame' || name === 'acclaim') continue;
      const direction = directionOf(name);
      for (let k = 0; k < width; k++) likeness[title * width + k]! += value * direction[k]!;
    }
    for (let k = 0; k < width; k++) mean[k]! += likeness[title * width + k]! / features.length;
  });
  for (let title = 0; title < features.length; title++) {
    const row = likeness.subarray(title * width, (title + 1) * width);
    row.forEach((value, k) => (row[k] = value - mean[k]!));
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    row.forEach((value, k) => (row[k] = value / length));
  }
  return likeness;
}
