/**
 * Inner products of one query with many rows of signed bytes, sixteen at a time: the scan of src/retrieval/dense.ts.
 *
 * Sums are whole numbers and exact: |query| ≤ 2047, |value| ≤ 127, so 8,000 dimensions fit 32 bits. Memory is the imported
 * one, laid out by the caller; addresses are multiples of 16.
 *
 * @param query `stride` × i16
 * @param values `rows` × `stride` × i8
 * @param scales `rows` × f32
 * @param stride dimensions, filled up with zeros to a multiple of 16
 * @param out `rows` × f32: inner product × unit × scale of the row
 */
export function scoreRows(
  query: usize, values: usize, scales: usize, out: usize, rows: i32, stride: i32, unit: f64,
): void {
  for (let row = 0; row < rows; row++) {
    let sum = i32x4.splat(0);
    for (let at = 0; at < stride; at += 16) {
      const sixteen = v128.load(values + at);
      const other = query + 2 * at;
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(sixteen), v128.load(other)));
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(sixteen), v128.load(other, 16)));
    }
    const total =
      i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3);
    store<f32>(out, <f32>(<f64>total * unit * <f64>load<f32>(scales)));
    values += stride;
    scales += 4;
    out += 4;
  }
}
