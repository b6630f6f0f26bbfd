import { scorePopularity } from '../baselines/popularity.ts';
import { fitItemKnn } from '../baselines/itemKnn.ts';
import { type Evaluation } from '../evaluation/evaluate.ts';
import { evaluateFits, evaluateScores, scoreSparse } from '../evaluation/scorePeople.ts';
import { type EaseParameters, fitFromGram, preparedMatrix, scalesOf } from '../fitEase.ts';
import { copyInto, copyOf, diagonalOf, type LowerTriangle } from '../lowerTriangle.ts';
import { type Solver } from '../solver.ts';
import { popularityOf } from '../trainingMatrix.ts';
import { type Protocol } from './protocol.ts';
import { type Split } from './split.ts';

/** A Gram matrix to come back to, and the people asked about it. */
export class Bench {
  /** n_j of the plain X. */
  readonly counts: Float64Array;
  split: Split;
  private readonly solver: Solver;
  private readonly protocol: Protocol;
  /** The one Gram matrix kept, and DAN's β that it was made with; 0 is the plain one. */
  private kept: { beta: number; gram: LowerTriangle; triangle: LowerTriangle } | null = null;

  constructor(solver: Solver, split: Split, protocol: Protocol) {
    this.solver = solver;
    this.split = split;
    this.protocol = protocol;
    this.counts = popularityOf(split.matrix);
  }

  popularity(): Evaluation {
    const { people } = this.split;
    return evaluateScores(scorePopularity(this.counts), people, this.counts, this.protocol.plan);
  }

  async itemKnn(neighbours: number): Promise<Evaluation> {
    const { gram } = await this.gramOf(0);
    const weights = fitItemKnn(gram, neighbours);
    return evaluateScores(scoreSparse(weights), this.split.people, this.counts, this.protocol.plan);
  }

  /** Evaluates several settings that have λ, p and β in common with one solve. */
  async fits(settings: EaseParameters[], seeEase = false): Promise<Evaluation[]> {
    const { gram, triangle } = await this.gramOf(settings[0]!.beta ?? 0);
    copyInto(gram, triangle);
    const titles = { movieIds: this.split.matrix.movieIds, counts: this.counts };
    const fit = await fitFromGram(this.solver, triangle, titles, settings[0]!);
    if (seeEase) this.protocol.onEaseFit?.(fit, this.counts);
    const inverseDiagonal = diagonalOf(fit.inverse);
    const scales = settings.map((setting) => scalesOf(inverseDiagonal, fit.added, this.counts, setting));
    const evaluate = (rowScale: Float64Array, columnScales: Float64Array[]) =>
      evaluateFits(
        { inverse: fit.inverse, rowScale },
        columnScales,
        this.split.people,
        this.counts,
        this.protocol.plan,
      );
    // DAN's α changes what a rating counts too; all others are one product x·P, scaled in several ways.
    if (settings.some(({ alpha }) => alpha))
      return scales.flatMap(({ rowScale, columnScale }) => evaluate(rowScale, [columnScale]));
    return evaluate(
      fit.rowScale,
      scales.map(({ columnScale }) => columnScale),
    );
  }

  /** Σ_j G_jj with DAN's β: how large the Gram matrix is that λ is added to. */
  async traceOf(beta: number): Promise<number> {
    return diagonalOf((await this.gramOf(beta)).gram).reduce((sum, entry) => sum + entry, 0);
  }

  private async gramOf(beta: number): Promise<NonNullable<typeof this.kept>> {
    if (this.kept?.beta === beta) return this.kept;
    const matrix = preparedMatrix(this.split.matrix, { algorithm: 'dan', lambda: 1, beta });
    const triangle = await this.solver.gram(matrix);
    return (this.kept = { beta, triangle, gram: copyOf(triangle) });
  }
}
