import { Bm25, type Bm25Field, type Bm25State, type FieldText } from './bm25.ts';
import { buildDense, toUnitLength, type DenseState, type TokenVectors } from './dense.ts';
import type { Fusion } from './fuse.ts';
import { buildLabels, type LabelState } from './labels.ts';
import { buildNearLabels, type NearLabelState } from './nearLabels.ts';

/** What text fit knows of one title. */
export interface TextDocument {
  names: string[];
  people: string[];
  genres: string[];
  /** Strength 0–1: relevance where the data has it, else `strengthOfCount`. */
  tags: { name: string; strength: number }[];
  keywords: string[];
  plot: string;
  /** ≥ 0; ratings or votes. */
  popularity: number;
}

/**
 * How strongly a tag that was applied `count` times describes a title whose commonest tag was applied `largest` times: the
 * root of the share, because what one person in ten says of a film is still said of it.
 */
export const strengthOfCount = (count: number, largest: number): number => Math.sqrt(count / largest);

/** What measurement decides (training/distil/measureTextFit.ts says on what). */
export interface TextFitSettings {
  weights: { names: number; people: number; genres: number; tags: number; keywords: number; plot: number };
  lengthNormalisation: {
    names: number;
    people: number;
    genres: number;
    tags: number;
    keywords: number;
    plot: number;
  };
  k1: number;
  popularityExponent: number;
  fusion: Fusion;
  /** Share of the words against the vectors. */
  wordShare: number;
  /** Weight of each field in a title's vector. */
  vectorWeights: { names: number; genres: number; tags: number; keywords: number; plot: number };
}

export const TEXT_FIT_SETTINGS: TextFitSettings = {
  weights: { names: 1, people: 2, genres: 1.5, tags: 2, keywords: 1.5, plot: 1 },
  lengthNormalisation: { names: 1, people: 0.3, genres: 0.3, tags: 0.3, keywords: 0.4, plot: 0.6 },
  k1: 1.2,
  popularityExponent: 0.1,
  fusion: 'zScore',
  wordShare: 0.5,
  vectorWeights: { names: 0.5, genres: 1, tags: 1.5, keywords: 1.5, plot: 0.5 },
};

export interface TextFitState {
  settings: TextFitSettings;
  words: Bm25State;
  /** (1 + popularity)^exponent of each title. */
  prior: Float32Array;
  dense: DenseState | null;
  labels: LabelState;
  /** null without vectors. */
  nearLabels: NearLabelState | null;
}

const FIELDS = ['names', 'people', 'genres', 'tags', 'keywords', 'plot'] as const;

/** Every index of text fit over a catalogue, as plain state. */
export function buildTextIndex(
  documents: readonly TextDocument[],
  vectors: TokenVectors | null,
  settings: TextFitSettings,
): TextFitState {
  const fields: Bm25Field[] = FIELDS.map((name) => ({
    name,
    weight: settings.weights[name],
    lengthNormalisation: settings.lengthNormalisation[name],
  }));
  const words = Bm25.build(documents.length, fields, (row) => fieldsOf(documents[row]!), { k1: settings.k1 });
  const labels = buildLabels(documents);
  return {
    settings,
    words: words.state,
    prior: Float32Array.from(
      documents,
      ({ popularity }) => (1 + Math.max(0, popularity)) ** settings.popularityExponent,
    ),
    dense: vectors && buildVectors(documents, vectors, settings),
    labels,
    nearLabels: vectors && buildNearLabels(labels, vectors),
  };
}

const plain = (text: string): FieldText => ({ text, strength: 1 });

function fieldsOf(document: TextDocument): FieldText[][] {
  return [
    document.names.map(plain),
    document.people.map(plain),
    document.genres.map(plain),
    document.tags.map(({ name, strength }) => ({ text: name, strength })),
    document.keywords.map(plain),
    [plain(document.plot)],
  ];
}

function buildVectors(
  documents: readonly TextDocument[],
  vectors: TokenVectors,
  settings: TextFitSettings,
): DenseState {
  const weights = settings.vectorWeights;
  const known = new Map<string, Float32Array>();
  const addLabel = (text: string, weight: number, sum: Float32Array) => {
    let vector = known.get(text);
    if (!vector) {
      vector = new Float32Array(vectors.dimensions);
      vectors.add(text, 1, vector);
      known.set(text, vector);
    }
    for (let at = 0; at < sum.length; at++) sum[at]! += weight * vector[at]!;
  };
  return buildDense(documents.length, vectors.dimensions, (row) => {
    const { names, genres, tags, keywords, plot } = documents[row]!;
    const sum = new Float32Array(vectors.dimensions);
    if (names[0] !== undefined) vectors.add(names[0], weights.names, sum);
    for (const genre of genres) addLabel(genre, weights.genres, sum);
    for (const { name, strength } of tags) addLabel(name, weights.tags * strength, sum);
    for (const keyword of keywords) addLabel(keyword, weights.keywords, sum);
    vectors.add(plot, weights.plot, sum);
    return toUnitLength(sum);
  });
}
