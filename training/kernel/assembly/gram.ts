/**
 * Row i of G = XᵀX, columns 0 … i: the sum over the users who have title i of X_ui · (their entries up to i). The arguments
 * are the arrays of TitleEntries and TrainingMatrix (gram.ts, which does the same without WebAssembly).
 * @param sums i + 1 numbers in f64, overwritten
 */
export function gramRow(
  i: i32, sums: usize, titleStart: usize, place: usize, userBegin: usize, items: usize, values: usize,
): void {
  memory.fill(sums, 0, <usize>(i + 1) * 8);
  const begin = load<u32>(titleStart + <usize>i * 4);
  const end = load<u32>(titleStart + <usize>(i + 1) * 4);
  for (let entry = begin; entry < end; entry++) {
    const last = load<u32>(place + <usize>entry * 4);
    const value = <f64>load<f32>(values + <usize>last * 4);
    for (let at = load<u32>(userBegin + <usize>entry * 4); at <= last; at++) {
      const sum = sums + <usize>load<u32>(items + <usize>at * 4) * 8;
      store<f64>(sum, load<f64>(sum) + value * <f64>load<f32>(values + <usize>at * 4));
    }
  }
}
