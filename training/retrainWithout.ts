import { type EaseFit, scalesOf } from './fitEase.ts';
import { type KnownPeople } from './knownPeople.ts';
import { diagonalOf, rowsOf } from './lowerTriangle.ts';
import { type RatingsTable, userCount } from './ratingsFile.ts';
import { plainSolver } from './solver.ts';
import { type InputKind, inputValue, type TrainingMatrix } from './trainingMatrix.ts';
import { type PersonEntry } from './unlearn.ts';

/**
 * Largest |ΔB| between a fit that people were taken out of and a training in f64, with the same γ, that never knew them.
 * @param people everyone else who is registered here, as they were trained on
 */
export async function differenceToRetrain(
  fit: EaseFit,
  dataSet: RatingsTable,
  people: KnownPeople,
  input: InputKind,
): Promise<number> {
  const solver = plainSolver();
  const gram = await solver.gram(matrixOf(fit.movieIds, dataSet, people, input));
  await solver.invert(gram, fit.added);
  const scales = scalesOf(diagonalOf(gram), fit.added, fit.counts, fit.parameters);
  const [mine, other] = [rowsOf(fit.inverse), rowsOf(gram)];
  let largest = 0;
  mine.forEach((entries, i) => {
    for (let j = 0; j < i; j++)
      for (const [from, to] of [[i, j], [j, i]] as const) {
        const unlearned = entries[j]! * fit.rowScale[from]! * fit.columnScale[to]!;
        const retrained = other[i]![j]! * scales.rowScale[from]! * scales.columnScale[to]!;
        largest = Math.max(largest, Math.abs(unlearned - retrained));
      }
  }); // prettier-ignore
  return largest;
}

/** X as it was trained, of the data set and these people. */
function matrixOf(
  movieIds: Int32Array,
  dataSet: RatingsTable,
  people: KnownPeople,
  input: InputKind,
): TrainingMatrix {
  const indexOf = new Map(Array.from(movieIds, (movieId, index) => [movieId, index]));
  const ofDataSet = Array.from({ length: userCount(dataSet) }, (_, user) => {
    const entries: PersonEntry[] = [];
    for (let at = dataSet.userStart[user]!; at < dataSet.userStart[user + 1]!; at++) {
      const index = indexOf.get(dataSet.itemIds[dataSet.items[at]!]!);
      const value = inputValue(input, dataSet.halfStars[at]!);
      if (index !== undefined && value !== 0) entries.push({ index, value });
    }
    return entries.sort((a, b) => a.index - b.index);
  });
  const rows = [...ofDataSet, ...people.values()];
  const userStart = new Uint32Array(rows.length + 1);
  rows.forEach((entries, row) => (userStart[row + 1] = userStart[row]! + entries.length));
  return {
    movieIds,
    userStart,
    items: Uint32Array.from(rows.flat(), ({ index }) => index),
    values: Float32Array.from(rows.flat(), ({ value }) => value),
  };
}
