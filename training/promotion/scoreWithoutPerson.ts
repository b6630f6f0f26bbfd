import { type EaseModel, foldInValue } from '../../src/recommender/ease.ts';
import { type EaseFit, preparedMatrix, scalesOf } from '../fitEase.ts';
import { diagonalOf, rowsOf } from '../lowerTriangle.ts';
import { topOf } from '../metrics.ts';
import { type SparseVector, timesTriangle } from '../timesTriangle.ts';
import { type TrainingMatrix } from '../trainingMatrix.ts';
import { type JudgedPerson } from './judgedPeople.ts';

/**
 * The served model with one person taken out of it, for every person asked. The model that is served is trained on all
 * ratings, so asking it about somebody it was trained on would praise whoever remembers best. Training it again without
 * them would cost as much as training it; taking one person out of P costs a vector (Sherman–Morrison, see unlearn.ts):
 *
 *   v = P·x,  d = 1 − xᵀv,  P'_ij = P_ij + v_i·v_j / d,  B'_ij = −rowScale'_i · P'_ij · columnScale'_j
 *
 * with x the person's row of X. Over the entries (i, j) that the model file stores, and with P_ij read back from them, the
 * score is the served one but for that person:
 *
 *   s'_j = columnScale'_j · ( Σ_i f_i·r_i·B_ij / columnScale_j  −  v_j/d · Σ_i f_i·rowScale'_i·v_i ),  r = rowScale' / rowScale
 *
 * Two things stay as the whole training had them: γ (exact for `ease` and `rlae`, where it is λ; elsewhere it would differ
 * by p/(1−p) of one rating) and which entries are stored.
 */
export interface FinishedTraining {
  /** With P still whole. */
  fit: EaseFit;
  /** X, its row u the user u of the ratings; without side information. */
  matrix: TrainingMatrix;
  /** What is served: pruned, its values in the type they are stored in. */
  model: EaseModel;
}

/** People whose P·x is computed in one walk over the triangle. */
const BATCH = 128;

/**
 * Calls `visit` for each person with one score a title of the model.
 * @param visit the array is overwritten for the next person
 */
export function scoreWithoutEach(
  training: FinishedTraining,
  people: JudgedPerson[],
  visit: (person: JudgedPerson, scores: Float64Array, counts: Float64Array) => void,
): void {
  const { fit } = training;
  const size = fit.movieIds.length;
  const rows = rowsOf(fit.inverse);
  const diagonal = diagonalOf(fit.inverse);
  const trained = preparedMatrix(training.matrix, fit.parameters);
  const products = Array.from({ length: Math.min(BATCH, people.length) }, () => new Float64Array(size));
  for (let from = 0; from < people.length; from += BATCH) {
    const batch = people.slice(from, from + BATCH);
    const entries = batch.map(({ user }) => rowOfMatrix(trained, user));
    timesTriangle(rows, entries, products, { withDiagonal: true });
    batch.forEach((person, at) => {
      const product = products[at]!;
      const { indexes, values } = entries[at]!;
      const rest = 1 - indexes.reduce((sum, j, entry) => sum + values[entry]! * product[j]!, 0);
      const counts = countsWithout(training, person.user);
      const without = diagonal.map((entry, j) => entry + product[j]! ** 2 / rest);
      const scales = scalesOf(without, fit.added, counts, fit.parameters);
      visit(person, scoreOne(training, person, { product, rest, ...scales }), counts);
    });
  }
}

/** The ten best titles for a person, what was folded in left out, as 1 for each that is wanted. */
export function hitsOf(movieIds: Int32Array, person: JudgedPerson, scores: Float64Array): Uint8Array {
  const seen = new Set(person.foldedIn.map(({ movieId }) => movieId));
  movieIds.forEach((movieId, j) => {
    if (seen.has(movieId)) scores[j] = -Infinity;
  });
  return Uint8Array.from(topOf(scores, 10), (j) => (person.likes.has(movieIds[j]!) ? 1 : 0));
}

interface Removal {
  product: Float64Array;
  rest: number;
  rowScale: Float64Array;
  columnScale: Float64Array;
}

function scoreOne(
  { fit, model }: FinishedTraining,
  person: JudgedPerson,
  { product, rest, rowScale, columnScale }: Removal,
): Float64Array {
  const served = new Float64Array(product.length);
  const removed = new Float64Array(product.length);
  for (const { movieId, halfStars } of person.foldedIn) {
    const i = model.indexOf.get(movieId);
    const value = foldInValue(halfStars / 2);
    if (i === undefined || value === 0) continue;
    const ofServed = (value * rowScale[i]!) / fit.rowScale[i]!;
    const ofRemoved = (value * rowScale[i]! * product[i]!) / rest;
    for (let at = model.rowStart[i]!; at < model.rowStart[i + 1]!; at++) {
      const j = model.columns[at]!;
      served[j]! += ofServed * model.values[at]!;
      removed[j]! += ofRemoved;
    }
  }
  for (let j = 0; j < served.length; j++)
    served[j] = columnScale[j]! * (served[j]! / fit.columnScale[j]! - removed[j]! * product[j]!);
  return served;
}

const rowOfMatrix = ({ userStart, items, values }: TrainingMatrix, user: number): SparseVector => ({
  indexes: items.subarray(userStart[user], userStart[user + 1]),
  values: values.subarray(userStart[user], userStart[user + 1]),
});

/** n_j without the person's own ratings. */
function countsWithout({ fit, matrix }: FinishedTraining, user: number): Float64Array {
  const counts = fit.counts.slice();
  const { indexes, values } = rowOfMatrix(matrix, user);
  indexes.forEach((j, at) => (counts[j]! -= values[at]! ** 2));
  return counts;
}
