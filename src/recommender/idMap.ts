/** Place of every movieId in the matrix. @throws Error naming the movieId when one stands twice. */
export function indexByMovieId(movieIds: Int32Array): Map<number, number> {
  const indexOf = new Map<number, number>();
  movieIds.forEach((movieId, index) => {
    if (indexOf.has(movieId)) throw new Error(`movieId ${movieId} stands twice in the model`);
    indexOf.set(movieId, index);
  });
  return indexOf;
}
