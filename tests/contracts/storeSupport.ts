import type { Run } from '../../src/domain.ts';
import type { Store } from '../../src/store/database.ts';

/** What each part of the contract works on, as it is when a test begins. */
export interface UnderTest {
  store: Store;
  /** A person made for this test. */
  userId: number;
  /** One more. */
  someone: () => Promise<number>;
}

export const call = {
  chatModel: 'gpt',
  purpose: 'score',
  promptTokens: 100,
  completionTokens: 20,
  ms: 300,
  outcome: 'ok',
};

export function makeRun(runId: string, facts: Partial<Run> = {}): Run {
  return {
    runId,
    page: 'recommendations',
    state: 'done',
    createdAt: new Date().toISOString(),
    userId: null,
    visitorId: null,
    isShared: false,
    request: {
      prompt: 'something slow',
      ratings: [],
      tags: [],
      usePastRatings: true,
      k: 12,
      filters: {},
      popularity: 0.1,
      diversity: 0,
      blend: 'linear',
      tagMatch: 'smoothed',
    },
    understood: { opinions: [], preferences: 'slow', wishes: ['slow'], filters: {}, unmatched: [] },
    scoring: { fit: 'text', taste: 'cf', blend: 'linear', importance: 50 },
    candidates: [],
    usage: { calls: 0, cachedCalls: 0, promptTokens: 0, completionTokens: 0, ms: 4 },
    ...facts,
  };
}
