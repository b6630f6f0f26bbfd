import { Bm25, lowerBound, type Bm25Field, type Bm25State, type FieldText } from './bm25.ts';
import {
  buildDense,
  defaultTokenVectors,
  scoreDense,
  toUnitLength,
  type DenseState,
  type TokenVectors,
} from './dense.ts';
import { isMoodWord, moodWords } from './moodWords.ts';
import { NearWords } from './nearWords.ts';
import { fuse, momentsOf, type Fusion } from './fuse.ts';
import { buildLabels, Labels, type LabelState } from './labels.ts';
import { tokenize, tokenizeWithPlaces } from './tokenize.ts';

/**
 * How well each title's text matches what a person asks for: BM25F × popularity^0.1, joined with static token vectors.
 * Goals: the words find the title, the vectors find what is meant, the popular one breaks ties; one query over a
 * catalogue in milliseconds. Non-goals: understanding negation (the prompt reader and the chat model do).
 */
export interface TextDocument {
  names: string[];
  people: string[];
  genres: string[];
  /** Strength 0–1: relevance, or a share of counts. */
  tags: { name: string; strength: number }[];
  keywords: string[];
  plot: string;
  /** ≥ 0; ratings or votes. */
  popularity: number;
}

export interface TextFitOptions {
  /** null = words only. Left out: the table in datasets/token-vectors. */
  vectors?: TokenVectors | null;
  settings?: Partial<TextFitSettings>;
}

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
  weights: { names: 2, people: 2, genres: 1.5, tags: 2, keywords: 1.5, plot: 1 },
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
}

const FIELDS = ['names', 'people', 'genres', 'tags', 'keywords', 'plot'] as const;

/** A word that belongs to the mood that was named counts this much of a word that was said. */
const MOOD_WEIGHT = 0.35;

/** A word that names a mood counts this much itself: its letters in a title say little. */
const MOOD_LITERAL = 0.8;

/** A title without a word of the query counts as a match when its vector stands out by this many deviations. */
const DENSE_MATCH_DEVIATIONS = 2;

export class TextFit {
  readonly state: TextFitState;
  private readonly words: Bm25;
  private readonly vectors: () => TokenVectors | null;
  private readonly denseScores: Float32Array;
  private readonly labels: Labels;
  private nearby: NearWords | null = null;

  private constructor(state: TextFitState, vectors: () => TokenVectors | null) {
    this.state = state;
    this.words = Bm25.revive(state.words);
    this.labels = new Labels(state.labels);
    this.vectors = vectors;
    this.denseScores = new Float32Array(state.dense ? state.prior.length : 0);
  }

  static build(documents: readonly TextDocument[], options: TextFitOptions = {}): TextFit {
    const vectors = options.vectors === undefined ? defaultTokenVectors() : options.vectors;
    const settings = { ...TEXT_FIT_SETTINGS, ...options.settings };
    const fields: Bm25Field[] = FIELDS.map((name) => ({
      name,
      weight: settings.weights[name],
      lengthNormalisation: settings.lengthNormalisation[name],
    }));
    const words = Bm25.build(documents.length, fields, (row) => fieldsOf(documents[row]!), {
      k1: settings.k1,
    });
    const state: TextFitState = {
      settings,
      words: words.state,
      prior: Float32Array.from(
        documents,
        ({ popularity }) => (1 + Math.max(0, popularity)) ** settings.popularityExponent,
      ),
      dense: vectors && buildVectors(documents, vectors, settings),
      labels: buildLabels(documents),
    };
    return new TextFit(state, () => vectors);
  }

  /** @param vectors the table the state was built with; left out: the one in datasets/token-vectors, read when first asked */
  static revive(state: TextFitState, vectors: () => TokenVectors | null = defaultTokenVectors): TextFit {
    return new TextFit(state, vectors);
  }

  /**
   * Writes one score a row: 0 = no match, else above 0, larger is better. Scores of one query compare with each
   * other, not with another query's.
   */
  score(said: string, out: Float32Array): void {
    this.scoreWanted(withoutRefused(said), out);
    const { refused, beside } = refusedWords(said);
    if (refused.size === 0) return;
    for (const row of this.labels.rowsNaming(refused, beside)) out[row]! *= REFUSED_SHARE;
  }

  private scoreWanted(preferences: string, out: Float32Array): void {
    const { prior, dense, settings } = this.state;
    out.fill(0);
    const named = this.words.score(this.queryTokens(preferences), out);
    for (const row of named) out[row]! *= prior[row]!;
    const vectors = dense && this.vectors();
    if (!dense || vectors?.dimensions !== dense.dimensions) return;
    const query = vectors.embed(preferences);
    if (query.every((value) => value === 0)) return;
    scoreDense(dense, query, this.denseScores);
    const rows = [...named, ...this.standingOut(out)];
    const joined = fuse(settings.fusion, out, this.denseScores, settings.wordShare);
    for (const row of rows) out[row] = joined(row);
    liftAboveZero(out, rows);
  }

  /**
   * Why rows match: tags, genres and keywords of a row that the preferences name, then single words of the preferences as
   * they were written, most telling first. The preferences are read once for all rows.
   */
  matcher(preferences: string, limit = 8): (row: number) => string[] {
    const tokens = this.queryTokens(withoutRefused(preferences));
    const asked = this.labels.madeOf(tokens.map(({ said }) => said));
    const spelled = spellings(preferences);
    return (row) => {
      const impacts = new Map<string, number>();
      for (const { token, said } of tokens) {
        const impact = this.words.impactOf(token, row);
        if (impact > 0) impacts.set(said, impact);
      }
      const labels = this.labels.matched(row, asked, impacts);
      const covered = new Set(labels.flatMap(({ tokens: parts }) => parts));
      const single = [...impacts]
        .filter(([token]) => !covered.has(token))
        .map(([token, impact]) => ({ text: spelled.get(token) ?? token, impact }));
      const all = [...labels.map(({ label, impact }) => ({ text: label, impact })), ...single];
      const texts = all.sort((a, b) => b.impact - a.impact).map(({ text }) => text);
      return [...new Set(texts)].slice(0, limit);
    };
  }

  /** Why one row matches, as `matcher` tells it. */
  matched(preferences: string, row: number): string[] {
    return this.matcher(preferences)(row);
  }

  /** The query's tokens that documents have; an unknown word counts, a little less, as the known one an edit away. */
  private queryTokens(preferences: string): { token: number; weight: number; said: string }[] {
    const found = new Map<number, { token: number; weight: number; said: string }>();
    const words = [...new Set(tokenize(preferences))];
    for (const said of words) {
      let token = this.words.find(said);
      const isKnown = token >= 0;
      if (!isKnown) token = this.nearestToken(said);
      const weight = (isKnown ? 1 : 0.8) * (isMoodWord(said) ? MOOD_LITERAL : 1);
      if (token >= 0 && !found.has(token)) found.set(token, { token, weight, said });
    }
    for (const said of moodWords(words)) {
      const token = this.words.find(said);
      if (token >= 0 && !found.has(token)) found.set(token, { token, weight: MOOD_WEIGHT, said });
    }
    return [...found.values()];
  }

  /** The most frequent token one edit away with the same first letter; −1 when there is none. */
  private nearestToken(said: string): number {
    if (said.length < 5 || said.length > 30) return -1;
    const vocabulary = this.words.vocabulary;
    this.nearby ??= new NearWords(vocabulary);
    let best = -1;
    let bestFrequency = 1;
    const sameLetter = [
      lowerBound(vocabulary, said[0]!),
      lowerBound(vocabulary, said[0]! + '\uffff'),
    ] as const;
    const consider = (token: number) => {
      const frequency = this.words.documentFrequency(token);
      if (frequency <= bestFrequency) return;
      best = token;
      bestFrequency = frequency;
    };
    this.nearby.within(said, 1, consider, sameLetter);
    return best;
  }

  /** Rows whose vector is a match although no word of the query stands in them. */
  private standingOut(wordScores: Float32Array): number[] {
    const dense = this.denseScores;
    const { mean, variance } = momentsOf(dense);
    const bound = Math.max(0, mean + DENSE_MATCH_DEVIATIONS * Math.sqrt(variance));
    const found: number[] = [];
    for (let row = 0; row < dense.length; row++)
      if (dense[row]! > bound && wordScores[row] === 0) found.push(row);
    return found;
  }
}

/** Shifts the scores of these rows to above 0. */
function liftAboveZero(scores: Float32Array, rows: readonly number[]): void {
  let least = Infinity;
  for (const row of rows) if (scores[row]! < least) least = scores[row]!;
  for (const row of rows) scores[row] = scores[row]! - least + 1e-3;
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

/** "no zombies", "without gore or torture", "not too long": words that would find just what is unwanted. */
const REFUSED =
  // eslint-disable-next-line security/detect-unsafe-regex -- linear: a space or bar stands between all repetitions
  /\b(?:no|not|without|nothing|never|non|less|don['’]?t want|avoid|anything but)\s+(?:(?:any|too|so|very|really|much|more|a|an|the|of|in)\s+)*[\p{L}\p{N}'’-]+(?:\s*(?:\/|\b(?:or|nor)\b)\s*(?:too\s+|any\s+)?[\p{L}\p{N}'’-]+)*/giu;

const withoutRefused = (text: string): string => text.replace(REFUSED, ' ');

/** What is left of the score of a title whose tags, genres or keywords name what was refused. */
const REFUSED_SHARE = 0.2;

/** Words of labels that say nothing of their own. */
const PLAIN_WORDS = tokenize('animated animation feature films movies studio series original production');

/** The words that were refused and not asked for elsewhere in the same breath, and those that may stand beside them. */
function refusedWords(text: string): { refused: Set<string>; beside: Set<string> } {
  const wanted = new Set(tokenize(withoutRefused(text)));
  const refused = (text.match(REFUSED) ?? []).flatMap((phrase) => tokenize(phrase));
  return {
    refused: new Set(refused.filter((token) => !wanted.has(token))),
    beside: new Set([...PLAIN_WORDS, ...wanted]),
  };
}

/** Each token's first spelling in a text. */
function spellings(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const { token, start, end } of tokenizeWithPlaces(text))
    if (!found.has(token)) found.set(token, text.slice(start, end).toLowerCase());
  return found;
}
