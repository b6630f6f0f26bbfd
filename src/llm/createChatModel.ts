import type { ChatModelConfig } from '../config.ts';
import {
  type ChatAnswer, type ChatChunk, type ChatModel, type ChatModelFacts, type ChatRequest, ChatModelError,
} from './chatModel.ts'; // prettier-ignore
import { type CallWatch, untilAborted, watchCall } from './callWatch.ts';
import { CircuitBreaker, type Pass } from './circuitBreaker.ts';
import { neverSent, toChatModelError } from './failures.ts';
import { type Exchange, guardFetch } from './guardedFetch.ts';
import { huggingFace } from './huggingFace.ts';
import { openAiCompatible } from './openAiCompatible.ts';
import type { Provider, Wire } from './provider.ts';
import { type Quirk, quirkIn, requestBody } from './requestBody.ts';
import { withRetries } from './retry.ts';
import { createSlots, takeSlot } from './slots.ts';

/** What a chat model writes about: never a prompt, never a key. */
export interface LlmLogger {
  warn(facts: Record<string, unknown>, line: string): void;
}

export interface ChatModelOptions {
  fetch?: typeof fetch;
  logger?: LlmLogger;
  /** Longest silence of a server; 10 s unless told otherwise. */
  idleMs?: number;
  breaker?: CircuitBreaker;
  random?: () => number;
}

const DEFAULT_TIMEOUT_MS = 20_000;
const DEFAULT_IDLE_MS = 10_000;
/** A call whose turn comes with less time left could not be answered: it is not sent. */
const LEAST_USEFUL_MS = 100;

export function factsOf(config: ChatModelConfig): ChatModelFacts {
  return {
    id: config.id,
    label: config.label,
    provider: config.provider,
    model: config.model,
    json: config.json,
    style: config.style ?? 'standard',
    price: config.price ?? null,
    concurrency: config.concurrency ?? (config.local ? 2 : 4),
    timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    isLocal: config.local ?? false,
    isRecommended: config.recommended ?? false,
  };
}

/**
 * A chat model that keeps its promises whatever its server does: at most `concurrency` calls at once, deadline, idle
 * watchdog, one retry where it can help, circuit breaker, and one error type.
 */
export function createChatModel(config: ChatModelConfig, options: ChatModelOptions = {}): ChatModel {
  const facts = factsOf(config);
  const quirks = new Set<Quirk>();
  const provider: Provider = (config.provider === 'huggingface' ? huggingFace : openAiCompatible)(
    config,
    quirks,
  );
  const breaker = options.breaker ?? new CircuitBreaker();
  const slots = createSlots(facts.concurrency);
  const idleMs = options.idleMs ?? DEFAULT_IDLE_MS;

  const startTry = (
    request: ChatRequest,
    signal: AbortSignal,
    firstByteMs: number,
  ): Wire & { end(): void } => {
    const controller = new AbortController();
    const stop = () => controller.abort(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    const exchange: Exchange = {
      idleMs,
      firstByteMs,
      fail: (error) => controller.abort(error),
      secrets: config.apiKey ? [config.apiKey] : [],
      messages: request.messages.map(({ content }) => content).join('\n'),
      sawDone: false,
      wasSent: false,
    };
    return {
      exchange,
      signal: controller.signal,
      fetch: guardFetch(options.fetch ?? fetch, exchange),
      end: () => signal.removeEventListener('abort', stop),
    };
  };

  /** The same try once more for each parameter the server turns out not to know. */
  const adapting = async <T>(request: ChatRequest, attempt: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        const quirk = quirkIn(error, requestBody(config.model, config.json, request, quirks), quirks);
        if (!quirk) throw error;
        quirks.add(quirk);
        request.onFailedTry?.(toChatModelError(error));
        options.logger?.warn(
          { chatModel: facts.id, quirk },
          'the server does not know a parameter: left out from now on',
        );
      }
    }
  };

  const retrying = <T>(request: ChatRequest, watch: CallWatch, attempt: () => Promise<T>): Promise<T> => {
    let failed: ChatModelError | null = null;
    const tryOnce = () => {
      // Told when the next try begins: a failure that nothing follows is the call's own.
      if (failed?.wasSent) request.onFailedTry?.(failed);
      return adapting(request, attempt);
    };
    return withRetries(tryOnce, {
      signal: watch.signal,
      deadlineAt: watch.deadlineAt,
      ...(options.random ? { random: options.random } : {}),
      onRetry: (error, waitMs) => {
        failed = error;
        options.logger?.warn(
          { chatModel: facts.id, failure: error.failure, status: error.httpStatus, waitMs },
          'trying again',
        );
      },
    });
  };

  const enter = async (request: ChatRequest): Promise<{ watch: CallWatch; pass: Pass }> => {
    const watch = watchCall(request, facts.timeoutMs);
    try {
      watch.release = await takeSlot(slots, watch.signal);
    } catch (error) {
      watch.end();
      throw neverSent(toChatModelError(error, watch.signal));
    }
    if (watch.deadlineAt - Date.now() < LEAST_USEFUL_MS) {
      watch.end();
      throw new ChatModelError('timeout', 'its turn came too late', { wasSent: false });
    }
    const pass = breaker.tryEnter();
    if (pass) return { watch, pass };
    watch.end();
    throw new ChatModelError('circuit_open', 'left alone for a moment after several failures in a row', {
      wasSent: false,
    });
  };

  const report = (error: ChatModelError, { watch, pass }: { watch: CallWatch; pass: Pass }): void => {
    if (isServersFault(error, Date.now() - watch.startedAt, facts.timeoutMs)) breaker.failed(pass);
    else breaker.gaveUp(pass);
    if (error.failure !== 'aborted')
      options.logger?.warn(
        { chatModel: facts.id, failure: error.failure, status: error.httpStatus },
        error.message,
      );
  };

  return {
    facts,
    async complete(request) {
      const entered = await enter(request);
      const { watch } = entered;
      try {
        const answer = await retrying(request, watch, async () => {
          const wire = startTry(request, watch.signal, Infinity);
          try {
            return await untilAborted(provider.complete(request, wire), wire.signal);
          } catch (error) {
            throw failureOf(error, wire);
          } finally {
            wire.end();
          }
        });
        breaker.succeeded();
        return checked(answer);
      } catch (thrown) {
        const error = toChatModelError(thrown, watch.signal);
        report(error, entered);
        throw error;
      } finally {
        watch.end();
      }
    },
    async *stream(request) {
      const entered = await enter(request);
      const { watch, pass } = entered;
      let text = '';
      let isReported = false;
      let open: { pieces: AsyncIterator<ChatChunk>; wire: Wire & { end(): void } } | undefined;
      try {
        // A retry only helps before the first piece has been handed on; the first piece is therefore part of the try.
        let step = await retrying(request, watch, async () => {
          const wire = startTry(request, watch.signal, facts.isLocal ? Infinity : idleMs);
          const pieces = provider.stream(request, wire)[Symbol.asyncIterator]();
          try {
            const first = await untilAborted(pieces.next(), wire.signal);
            open = { pieces, wire };
            return first;
          } catch (error) {
            wire.end();
            throw failureOf(error, wire);
          }
        });
        const { pieces, wire } = open!;
        while (!step.done) {
          const chunk = step.value;
          if (chunk.type === 'text') {
            text += chunk.text;
            if (text.length > mostCharacters(request))
              throw new ChatModelError('bad_answer', 'the answer does not end', { partialText: text });
          } else {
            checked(chunk.answer);
            breaker.succeeded();
            isReported = true;
          }
          yield chunk;
          if (chunk.type === 'end') return;
          step = await untilAborted(pieces.next(), wire.signal).catch((error: unknown) => {
            throw toChatModelError(error, wire.signal, text);
          });
        }
        throw new ChatModelError('unreachable', 'the stream was cut', {
          isRetryable: true,
          partialText: text,
        });
      } catch (thrown) {
        const error = toChatModelError(thrown, watch.signal, text);
        if (!isReported) report(error, entered);
        isReported = true;
        throw error;
      } finally {
        // Whoever stops reading early ends the call on the wire, too.
        if (!isReported) breaker.gaveUp(pass);
        open?.wire.exchange.fail(new ChatModelError('aborted', 'no longer wanted', { partialText: text }));
        open?.wire.end();
        watch.end();
      }
    },
  };
}

function failureOf(error: unknown, { signal, exchange }: Wire): ChatModelError {
  const failure = toChatModelError(error, signal);
  return exchange.wasSent ? failure : neverSent(failure);
}

/** Far more text than the tokens asked for can hold: a server that does not stop. */
const mostCharacters = ({ maxTokens = 5_000 }: ChatRequest): number => 40_000 + maxTokens * 12;

/** A refusal and an empty answer are answers of the server that nobody can use. */
function checked(answer: ChatAnswer): ChatAnswer {
  if (answer.finishReason === 'refusal')
    throw new ChatModelError('bad_answer', 'the model refused to answer', { partialText: answer.text });
  if (answer.text.trim() === '') throw new ChatModelError('bad_answer', 'the answer is empty');
  return answer;
}

/** A time-out is only the server's fault when it had a fair share of time. */
function isServersFault(error: ChatModelError, tookMs: number, timeoutMs: number): boolean {
  if (error.failure === 'unreachable') return true;
  return error.failure === 'timeout' && (error.isRetryable || tookMs >= Math.min(5_000, timeoutMs / 2));
}
