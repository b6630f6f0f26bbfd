import type { ChatModel } from './chatModel.ts';
import type { ModelCall } from './modelCall.ts';
import type { ScoringTask } from './planScoring.ts';

/** What one batch or one classic call of a scoring needs to do its part. */
export interface ScoringContext {
  task: Pick<ScoringTask, 'preferences' | 'ratings'>;
  model: ChatModel;
  signal: AbortSignal;
  /** `Date.now()` by which everything must be in. */
  deadlineAt: number | undefined;
  nonce: string;
  take(id: string, score: number, reason: string): void;
  record(call: ModelCall): void;
}
