/** Of two texts for one title the longer is the plot; with one, that one. */
export const longerText = (one: string | null, other: string | null): string | null =>
  (other?.length ?? 0) > (one?.length ?? 0) ? other : one;
