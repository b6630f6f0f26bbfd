import { Bm25 } from './bm25.ts';
import { defaultTokenVectors, scoreDense, type TokenVectors } from './dense.ts';
import { FurtherWords } from './furtherWords.ts';
import { fuse, momentsOf } from './fuse.ts';
import { Labels } from './labels.ts';
import { NearLabels } from './nearLabels.ts';
import { QueryWords, type QueryToken } from './queryWords.ts';
import { readRefusal, REFUSED_SHARE, type Refusal, withoutRefused } from './refusals.ts';
import {
  buildTextIndex,
  TEXT_FIT_SETTINGS,
  type TextDocument,
  type TextFitSettings,
  type TextFitState,
} from './textIndex.ts';
import { tokenizeAsWritten } from './tokenize.ts';

export interface TextFitOptions {
  /** null = words only. Left out: the table in datasets/token-vectors. */
  vectors?: TokenVectors | null;
  settings?: Partial<TextFitSettings>;
}

/** A title without a word of the query counts as a match when its vector stands out by this many deviations. */
const DENSE_MATCH_DEVIATIONS = 2;

/**
 * How well each title's text matches what a person asks for: BM25F × popularity^0.1, joined with static token vectors.
 * Goals: the words find the title, the vectors find what is meant, the popular one breaks ties; one query over a
 * catalogue in milliseconds. Non-goals: understanding negation (the prompt reader and the chat model do).
 */
export class TextFit {
  readonly state: TextFitState;
  private readonly words: Bm25;
  private readonly query: QueryWords;
  private readonly further: FurtherWords;
  private readonly vectors: () => TokenVectors | null;
  private readonly denseScores: Float32Array;
  private readonly wordSums: Float32Array;
  private readonly labels: Labels;

  private constructor(state: TextFitState, vectors: () => TokenVectors | null) {
    this.state = state;
    this.words = Bm25.revive(state.words);
    this.query = new QueryWords(this.words);
    this.labels = new Labels(state.labels);
    const nearLabels = state.nearLabels && new NearLabels(state.nearLabels);
    this.further = new FurtherWords(this.words, this.labels, nearLabels);
    this.vectors = vectors;
    this.denseScores = new Float32Array(state.dense ? state.prior.length : 0);
    this.wordSums = new Float32Array(state.prior.length);
  }

  static build(documents: readonly TextDocument[], options: TextFitOptions = {}): TextFit {
    const vectors = options.vectors === undefined ? defaultTokenVectors() : options.vectors;
    const settings = { ...TEXT_FIT_SETTINGS, ...options.settings };
    return new TextFit(buildTextIndex(documents, vectors, settings), () => vectors);
  }

  /** @param vectors the table the state was built with; left out: the one in datasets/token-vectors, read when first asked */
  static revive(state: TextFitState, vectors: () => TokenVectors | null = defaultTokenVectors): TextFit {
    return new TextFit(state, vectors);
  }

  /**
   * Writes one score a row: 0 = no match, else above 0, larger is better. Scores of one query compare with each
   * other, not with another query's. For a search: only what was said, its misspellings and its moods count.
   */
  score(said: string, out: Float32Array): void {
    const refusal = readRefusal(said);
    const hasVectors = this.scoreVectors(refusal.wanted);
    const named = this.sumWords(this.query.tokensOf(refusal.wanted));
    this.rank(named, hasVectors, out);
    this.pushDown(refusal, out);
  }

  /** As `score`, for a wish in somebody's own words: words that it does not say and its titles have count, too. */
  scoreWish(said: string, out: Float32Array): void {
    const refusal = readRefusal(said);
    const { wanted, refused } = refusal;
    const hasVectors = this.scoreVectors(wanted);
    const vectors = hasVectors ? this.vectors() : null;
    const tokens = this.query.tokensOf(wanted);
    const held = new Set(tokens.map(({ token }) => token));
    const isNew = ({ token, said }: QueryToken) => !held.has(token) && !refused.has(said);
    const near = vectors ? this.further.near(wanted, vectors).filter(isNew) : [];
    for (const { token } of near) held.add(token);
    const named = this.sumWords([...tokens, ...near]);
    this.rank(named, hasVectors, out);
    // What further words find comes to the sums there are.
    for (const row of this.words.score(this.further.shared(out).filter(isNew), this.wordSums))
      named.push(row);
    this.rank(named, hasVectors, out);
    this.pushDown(refusal, out);
  }

  /** Sums what the tokens give each row into `wordSums`, and says which rows have something. */
  private sumWords(tokens: readonly QueryToken[]): number[] {
    this.wordSums.fill(0);
    return this.words.score(tokens, this.wordSums);
  }

  /** Words × popularity, joined with the vectors' scores where there are some. */
  private rank(named: readonly number[], hasVectors: boolean, out: Float32Array): void {
    const { prior, settings } = this.state;
    out.fill(0);
    for (const row of named) out[row] = this.wordSums[row]! * prior[row]!;
    if (!hasVectors) return;
    const rows = [...named, ...this.standingOut(out)];
    const joined = fuse(settings.fusion, out, this.denseScores, settings.wordShare);
    for (const row of rows) out[row] = joined(row);
    liftAboveZero(out, rows);
  }

  /** Compares what was said with every title's vector; false when there is nothing to compare. */
  private scoreVectors(said: string): boolean {
    const { dense } = this.state;
    const vectors = dense && this.vectors();
    if (!dense || vectors?.dimensions !== dense.dimensions) return false;
    // "asdf qwer" is made of fragments too, and near to something like everything: at least one word has to be one.
    const isKnown = [...spellings(said).values()].some((word) => vectors.knows(word));
    if (!isKnown && this.query.tokensOf(said).length === 0) return false;
    const query = vectors.embed(said);
    if (query.every((value) => value === 0)) return false;
    scoreDense(dense, query, this.denseScores);
    return true;
  }

  private pushDown({ refused, beside }: Refusal, out: Float32Array): void {
    if (refused.size === 0) return;
    for (const row of this.labels.rowsNaming(refused, beside)) out[row]! *= REFUSED_SHARE;
  }

  /**
   * Why rows match: tags, genres and keywords of a row that the preferences name, then single words of the preferences as
   * they were written, most telling first. The preferences are read once for all rows.
   */
  matcher(preferences: string, limit = 8): (row: number) => string[] {
    const tokens = this.query.tokensOf(withoutRefused(preferences));
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

/** Each token's first spelling in a text. */
function spellings(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const { token, written } of tokenizeAsWritten(text)) if (!found.has(token)) found.set(token, written);
  return found;
}
