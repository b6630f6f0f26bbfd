/** `114709`, `0114709`, `tt0114709` → `tt0114709`: `tt` and at least seven digits; null for anything else. */
export function imdbIdOf(text: string | number | null | undefined): string | null {
  const digits = /^(?:tt)?0*(\d{1,10})$/.exec(String(text ?? '').trim())?.[1];
  return digits === undefined || Number(digits) === 0 ? null : `tt${digits.padStart(7, '0')}`;
}

/** A positive whole number, or null. */
export function positiveId(text: string | number | null | undefined): number | null {
  const number = Number(String(text ?? '').trim() || 'x');
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}
