/**
 * Step 1 of the static token vectors: runs all-MiniLM-L6-v2 once for every word piece of its vocabulary, as
 * `[CLS] piece [SEP]`, and mean-pools the three outputs. One piece a call: the int8 model scales its activations by
 * call, so a batch would make a piece's vector depend on its neighbours.
 *
 * The ONNX runtime is no dependency of this project (474 MB). Install it anywhere and name the folder:
 *   npm install --prefix /tmp/ort --ignore-scripts onnxruntime-node
 *   node --import tsx training/distil/encodeWordPieces.ts MODEL_DIRECTORY /tmp/ort/node_modules/onnxruntime-node /tmp/pieces.f32
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** The part of the ONNX runtime's interface that is used here. */
interface Runtime {
  InferenceSession: {
    create(
      path: string,
      options: object,
    ): Promise<{
      run(feeds: Record<string, unknown>): Promise<Record<string, { data: Float32Array; dims: number[] }>>;
    }>;
  };
  Tensor: new (type: string, data: BigInt64Array, dims: number[]) => unknown;
}

const CLS = 101n;
const SEP = 102n;

const [modelDirectory, runtimeDirectory, output] = process.argv.slice(2);
if (!modelDirectory || !runtimeDirectory || !output) {
  process.stderr.write('usage: encodeWordPieces.ts MODEL_DIRECTORY ONNXRUNTIME_DIRECTORY OUTPUT\n');
  process.exit(2);
}

const tokenizer = JSON.parse(readFileSync(join(modelDirectory, 'tokenizer.json'), 'utf8')) as {
  model: { vocab: Record<string, number> };
};
const pieces = Object.keys(tokenizer.model.vocab).length;
const runtime = createRequire(import.meta.url)(resolve(runtimeDirectory)) as Runtime;
const session = await runtime.InferenceSession.create(join(modelDirectory, 'onnx/model_quantized.onnx'), {
  intraOpNumThreads: 1,
});

const shape = [1, 3];
const attention = new runtime.Tensor('int64', BigInt64Array.of(1n, 1n, 1n), shape);
const types = new runtime.Tensor('int64', BigInt64Array.of(0n, 0n, 0n), shape);
let vectors: Float32Array | null = null;
for (let piece = 0; piece < pieces; piece++) {
  const answer = await session.run({
    input_ids: new runtime.Tensor('int64', BigInt64Array.of(CLS, BigInt(piece), SEP), shape),
    attention_mask: attention,
    token_type_ids: types,
  });
  const { data, dims } = Object.values(answer)[0]!;
  const width = dims[2]!;
  vectors ??= new Float32Array(pieces * width);
  for (let at = 0; at < width; at++)
    vectors[piece * width + at] = (data[at]! + data[width + at]! + data[2 * width + at]!) / 3;
  if (piece % 5000 === 0) process.stderr.write(`${piece} of ${pieces} word pieces\n`);
}
writeFileSync(output, vectors!);
