import { type EaseModel } from '../../src/recommender/ease.ts';
import { indexByMovieId } from '../../src/recommender/idMap.ts';

/** A model with these weights (row = rated title); movieIds 10, 20, 30 …; zeros are not stored. */
export function modelOfWeights(weights: number[][], valueType: 'f32' | 'f16' = 'f32'): EaseModel {
  const entries = weights.map((row) =>
    row.flatMap((weight, column) => (weight === 0 ? [] : [{ column, weight }])),
  );
  const rowStart = [0];
  for (const row of entries) rowStart.push(rowStart.at(-1)! + row.length);
  const movieIds = Int32Array.from(weights, (_, at) => 10 * (at + 1));
  return {
    header: {
      version: 1,
      algorithm: 'ease',
      parameters: { lambda: 2 },
      dataHash: 'abc',
      titles: weights.length,
      entries: rowStart.at(-1)!,
      valueType,
      columnType: 'u16',
      trainedAt: '2025-01-31T14:25:30.000Z',
    },
    movieIds,
    indexOf: indexByMovieId(movieIds),
    counts: Float32Array.from(weights, (_, at) => 100 - at),
    rowStart: Uint32Array.from(rowStart),
    columns: Uint16Array.from(entries.flat(), ({ column }) => column),
    values: Float32Array.from(entries.flat(), ({ weight }) => weight),
  };
}
