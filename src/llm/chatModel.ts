/**
 * The seam to language models. Two implementations know a provider's SDK (`openAiCompatible.ts`, `huggingFace.ts`);
 * everything else speaks this interface. Which failures are worth another try is decided once, here
 * (`isRetryable`): 408, 409, 429, 5xx and broken connections. Vectors come from no provider: docs/decisions/008.
 */

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface ChatRequest {
  messages: ChatMessage[];
  /** Asked for when the model's `json` mode can carry it; the answer is validated by the caller either way. */
  schema?: { name: string; jsonSchema: Record<string, unknown> };
  maxTokens?: number;
  /** 0–2; 0 unless told otherwise. */
  temperature?: number;
  seed?: number;
  /** Ends the call: deadline, stop button, closed connection. */
  signal: AbortSignal;
  /** `Date.now()` at which the deadline falls: no retry starts that could not end before. Default: the model's `timeoutMs` from now. */
  deadlineAt?: number;
  /** Told of a request that left, failed and is followed by another one: a retry, or the same without an unknown parameter. */
  onFailedTry?: (error: ChatModelError) => void;
}

export interface TokenUsage {
  promptTokens: number;
  completionTokens: number;
  /** True when the server did not say and the numbers are our estimate. */
  isEstimate: boolean;
}

export interface ChatAnswer {
  text: string;
  /** `length` means the answer was cut by the token limit. */
  finishReason: 'stop' | 'length' | 'refusal' | 'unknown';
  usage: TokenUsage;
}

export type ChatChunk = { type: 'text'; text: string } | { type: 'end'; answer: ChatAnswer };

export type JsonMode = 'schema' | 'object' | 'text';
export type PromptStyle = 'standard' | 'classic';

/** What a page or a log may know of a chat model: no key, no address. */
export interface ChatModelFacts {
  id: string;
  label: string;
  provider: 'openai' | 'huggingface';
  model: string;
  json: JsonMode;
  style: PromptStyle;
  /** US dollars per million tokens. */
  price: { input: number; output: number } | null;
  concurrency: number;
  /** Deadline for all model work of one prompt. */
  timeoutMs: number;
  isLocal: boolean;
  isRecommended: boolean;
}

export interface ChatModel {
  readonly facts: ChatModelFacts;
  /** One whole answer. Throws ChatModelError. */
  complete(request: ChatRequest): Promise<ChatAnswer>;
  /**
   * The answer in pieces; the last chunk has type `end`. An idle watchdog ends a stream that stalls, and a stream that
   * is cut or aborted throws, never ends quietly. Throws ChatModelError.
   */
  stream(request: ChatRequest): AsyncIterable<ChatChunk>;
}

export type ChatFailure =
  | 'timeout' | 'unreachable' | 'rate_limited' | 'bad_answer' | 'refused_credentials' | 'bad_request' | 'circuit_open'
  | 'aborted' | 'budget'; // prettier-ignore

export class ChatModelError extends Error {
  override name = 'ChatModelError';
  readonly failure: ChatFailure;
  readonly isRetryable: boolean;
  /** From the Retry-After header, when there was one. */
  readonly retryAfterMs: number | undefined;
  readonly httpStatus: number | undefined;
  /** What had arrived before the failure, for salvage. */
  readonly partialText: string;
  /** False when nothing left: the call was still waiting, the circuit was open, or no connection came about. */
  readonly wasSent: boolean;

  constructor(
    failure: ChatFailure,
    message: string,
    options: {
      cause?: unknown;
      isRetryable?: boolean;
      retryAfterMs?: number;
      httpStatus?: number;
      partialText?: string;
      wasSent?: boolean;
    } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.failure = failure;
    this.isRetryable = options.isRetryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.httpStatus = options.httpStatus;
    this.partialText = options.partialText ?? '';
    this.wasSent = options.wasSent ?? true;
  }
}

/** HTTP statuses after which the same call may succeed. */
export const isRetryableStatus = (status: number): boolean =>
  status === 408 || status === 409 || status === 429 || status >= 500;
