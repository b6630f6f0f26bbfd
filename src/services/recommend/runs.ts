import { randomBytes } from 'node:crypto';
import type { AllowedModels, Degraded, Profile, RecommendationRequest, Run, Understanding } from '../../domain.ts'; // prettier-ignore
import type { ChatModel } from '../../llm/chatModel.ts';
import type { Deadline } from '../../llm/deadline.ts';
import type { ModelCall } from '../../llm/modelCall.ts';
import type { ScoreCache } from '../../llm/scoreTitles.ts';
import type { Library } from '../library.ts';

/** Who asks: an account, a visitor's cookie, or a program with neither. */
export interface Asker {
  userId: number | null;
  visitorId: string | null;
  profile: Profile;
  /** The name of their account, which is kept from language models; null or absent without one. */
  accountName?: string | null;
  /** Which language models may read their words; any unless they said otherwise. */
  allowedModels?: AllowedModels;
}

/** Told while a list is being made: a line that says what is happening, and the run as far as it is. */
export type ReportProgress = (progress: { line: string; done: number; total: number; run: Run }) => void;

/** The language-model half, as far as one request may use it. */
export interface ModelAccess {
  /** Reads the prompt; null = the local reader does. */
  understand: ChatModel | null;
  /** Scores the candidates; null = text match does. */
  score: ChatModel | null;
  /** Why neither may be used: none configured, switched off, over budget, circuit open. */
  refusal: Degraded | null;
  cache: ScoreCache;
  recordCall: (call: ModelCall) => void;
}

/** What making one list takes. */
export interface Making {
  library: Library;
  asker: Asker;
  access: ModelAccess;
  /** Of all model work; the stop button ends it earlier. */
  deadline: Deadline;
  /** A slider will be shown: everything is scored, so that sliding asks nothing new. Otherwise only what can reach the top K. */
  isSteerable: boolean;
  report?: ReportProgress;
}

export const emptyUnderstanding = (): Understanding => ({
  opinions: [],
  preferences: '',
  wishes: [],
  filters: {},
  unmatched: [],
});

/** 128 random bits: a run's address cannot be guessed. */
export const newRunId = (): string => randomBytes(16).toString('base64url');

export function startRun(page: Run['page'], request: RecommendationRequest, asker: Asker): Run {
  return {
    runId: newRunId(),
    page,
    state: 'running',
    createdAt: new Date().toISOString(),
    userId: asker.userId,
    visitorId: asker.visitorId,
    isShared: false,
    request,
    understood: emptyUnderstanding(),
    scoring: { fit: 'none', taste: 'none', blend: request.blend, importance: request.importance ?? 50 },
    candidates: [],
    usage: { calls: 0, cachedCalls: 0, promptTokens: 0, completionTokens: 0, ms: 0 },
  };
}
