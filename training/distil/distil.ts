/**
 * Step 2 of the static token vectors: centre the word pieces' vectors, keep their first principal components, scale
 * each piece by 1e-3 ÷ (1e-3 + p) with p its share of a corpus, and store them as int8 with one scale a piece.
 * Of the corpus only these shares enter the table.
 *   node --import tsx training/distil/distil.ts MODEL_DIRECTORY /tmp/pieces.f32 datasets/token-vectors DIMENSIONS CORPUS.csv[.gz] …
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { WordPiece } from '../../src/retrieval/wordPiece.ts';

const [modelDirectory, vectorsPath, output, dimensionsText, ...corpora] = process.argv.slice(2);
const dimensions = Number(dimensionsText);
if (!modelDirectory || !vectorsPath || !output || !(dimensions % 4 === 0) || corpora.length === 0) {
  process.stderr.write(
    'usage: distil.ts MODEL_DIRECTORY PIECES.f32 OUTPUT_DIRECTORY DIMENSIONS CORPUS.csv …\n',
  );
  process.exit(2);
}

const tokenizer = JSON.parse(readFileSync(join(modelDirectory, 'tokenizer.json'), 'utf8')) as {
  model: { vocab: Record<string, number> };
};
const allPieces = Object.entries(tokenizer.model.vocab).sort((a, b) => a[1] - b[1]);
const width = 384;
const file = readFileSync(vectorsPath);
const all = new Float32Array(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));

// Punctuation and unused places never occur; the encoder is English, other scripts would only be noise.
const kept = allPieces.filter(([piece]) => /^(?:##)?[a-z0-9]+$/.test(piece));
const pieces = kept.map(([piece]) => piece);
const vectors = kept.map(([, number]) => all.subarray(number * width, (number + 1) * width));

const projected = project(vectors, dimensions);
const shares = sharesIn(corpora, pieces);
const scales = new Float32Array(pieces.length);
const values = new Int8Array(pieces.length * dimensions);
projected.forEach((vector, piece) => {
  const weight = 1e-3 / (1e-3 + shares[piece]!);
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  scales[piece] = (weight * largest) / 127;
  vector.forEach((value, at) => (values[piece * dimensions + at] = Math.round((value / largest) * 127)));
});

const header = Buffer.alloc(16);
header.write('MQTV0001', 0, 'latin1');
header.writeUInt32LE(pieces.length, 8);
header.writeUInt32LE(dimensions, 12);
mkdirSync(output, { recursive: true });
writeFileSync(
  join(output, 'vectors.bin'),
  Buffer.concat([header, Buffer.from(scales.buffer), Buffer.from(values.buffer)]),
);
writeFileSync(join(output, 'vocabulary.txt'), `${pieces.join('\n')}\n`);
process.stderr.write(`${pieces.length} word pieces × ${dimensions} written to ${output}\n`);

/** Centres the rows and turns them onto the covariance's leading eigenvectors. */
function project(rows: readonly Float32Array[], target: number): Float64Array[] {
  const mean = new Float64Array(width);
  for (const row of rows) for (let at = 0; at < width; at++) mean[at]! += row[at]! / rows.length;
  const covariance = Matrix.zeros(width, width);
  for (const row of rows)
    for (let i = 0; i < width; i++) {
      const left = (row[i]! - mean[i]!) / rows.length;
      for (let j = 0; j <= i; j++) covariance.set(i, j, covariance.get(i, j) + left * (row[j]! - mean[j]!));
    }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) covariance.set(j, i, covariance.get(i, j));
  const decomposition = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const order = decomposition.realEigenvalues
    .map((value, column) => ({ value, column }))
    .sort((a, b) => b.value - a.value);
  const total = order.reduce((sum, { value }) => sum + value, 0);
  const share = order.slice(0, target).reduce((sum, { value }) => sum + value, 0) / total;
  process.stderr.write(`${target} components hold ${(share * 100).toFixed(1)} % of the variance\n`);
  const columns = order
    .slice(0, target)
    .map(({ column }) => decomposition.eigenvectorMatrix.getColumn(column));
  return rows.map((row) => {
    const centred = row.map((value, at) => value - mean[at]!);
    return Float64Array.from(columns, (column) =>
      column.reduce((sum, value, at) => sum + value * centred[at]!, 0),
    );
  });
}

/** Each piece's share of all pieces in the longest text column of the files; half a sighting for the unseen. */
function sharesIn(paths: readonly string[], vocabulary: readonly string[]): Float64Array {
  const wordPiece = new WordPiece(vocabulary);
  const seen = new Float64Array(vocabulary.length).fill(0.5);
  for (const path of paths) {
    const bytes = readFileSync(path);
    const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    const rows = parse(text, { columns: true, relax_column_count: true, relax_quotes: true }) as Record<
      string,
      string
    >[];
    for (const row of rows)
      for (const piece of wordPiece.encode(row['overview'] ?? row['Plot'] ?? row['description'] ?? ''))
        seen[piece]!++;
  }
  const total = seen.reduce((sum, count) => sum + count, 0);
  return seen.map((count) => count / total);
}
