import { diagonalOf, type LowerTriangle, rowsOf } from '../lowerTriangle.ts';
import { type SparseWeights } from '../sparsify.ts';

/**
 * Item-kNN (Sarwar et al., WWW 2001) from a Gram matrix: cosine G_ij / √(G_ii·G_jj), of which each title keeps its
 * `neighbours` most similar ones. The score of j is Σ_i x_i · similarity(i, j) over j's neighbours i.
 */
export function fitItemKnn(gram: LowerTriangle, neighbours: number): SparseWeights {
  const { size } = gram;
  const norms = diagonalOf(gram).map((count) => Math.sqrt(count) || 1);
  const best = Array.from({ length: size }, () => new Nearest(Math.min(neighbours, size - 1)));
  rowsOf(gram).forEach((row, i) => {
    for (let j = 0; j < i; j++) {
      if (row[j] === 0) continue;
      const similarity = row[j]! / (norms[i]! * norms[j]!);
      best[i]!.offer(j, similarity);
      best[j]!.offer(i, similarity);
    }
  });
  return transposed(best, size);
}

/** The k highest offers, by insertion into an ascending list. */
class Nearest {
  readonly titles: number[] = [];
  readonly similarities: number[] = [];
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  offer(title: number, similarity: number): void {
    const { titles, similarities } = this;
    if (titles.length === this.limit) {
      if (similarity <= similarities[0]!) return;
      titles.shift();
      similarities.shift();
    }
    let at = similarities.length;
    while (at > 0 && similarities[at - 1]! > similarity) at--;
    titles.splice(at, 0, title);
    similarities.splice(at, 0, similarity);
  }
}

/** Neighbours by scored title, turned into rows by rated title. */
function transposed(best: Nearest[], size: number): SparseWeights {
  const rowStart = new Uint32Array(size + 1);
  for (const { titles } of best) for (const title of titles) rowStart[title + 1]!++;
  for (let i = 0; i < size; i++) rowStart[i + 1]! += rowStart[i]!;
  const columns = new Uint32Array(rowStart[size]!);
  const values = new Float32Array(rowStart[size]!);
  const next = rowStart.slice(0, size);
  best.forEach(({ titles, similarities }, j) =>
    titles.forEach((title, at) => {
      const to = next[title]!++;
      columns[to] = j;
      values[to] = similarities[at]!;
    }),
  );
  return { rowStart, columns, values };
}
