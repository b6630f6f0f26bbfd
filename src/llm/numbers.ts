/**
 * The first number of a short text and what it is out of, if that is said: "4.5", "4,5", "8/10", "4 out of 5".
 * `rest` is what stands behind it.
 */
export function readNumber(text: string): { value: number; outOf: number | null; rest: string } | null {
  const found = /-?\d+[.,]?\d*/.exec(text.slice(0, 1_000));
  if (!found) return null;
  const value = Number(found[0].replace(',', '.'));
  const after = text.slice(found.index + found[0].length);
  const scale = /^\s*(?:\/|out of|of)\s*(\d+)/i.exec(after);
  const outOf = scale && Number(scale[1]) > 0 ? Number(scale[1]) : null;
  return { value, outOf, rest: outOf === null ? after : after.slice(scale![0].length) };
}
