import type { ChatAnswer, ChatChunk, ChatRequest } from './chatModel.ts';
import { ChatModelError } from './chatModel.ts';
import type { Exchange } from './guardedFetch.ts';
import { usageOf } from './tokens.ts';

/** One try on the wire: what a provider's file has to know. Deadlines, retries and the rest are `createChatModel`'s. */
export interface Provider {
  complete(request: ChatRequest, wire: Wire): Promise<ChatAnswer>;
  stream(request: ChatRequest, wire: Wire): AsyncIterable<ChatChunk>;
}

export interface Wire {
  fetch: typeof fetch;
  signal: AbortSignal;
  exchange: Exchange;
}

/** The part of a chat completion that we read; both SDKs hand it over as the server sent it. */
interface RawChoice {
  message?: { content?: unknown; refusal?: unknown } | null;
  delta?: { content?: unknown; refusal?: unknown } | null;
  finish_reason?: string | null;
}
export interface RawCompletion {
  choices?: RawChoice[];
  usage?: { prompt_tokens?: number; completion_tokens?: number } | null;
}

/** A whole completion as an answer. @throws ChatModelError `bad_answer` when it is not of that shape. */
export function readCompletion(completion: unknown, request: ChatRequest): ChatAnswer {
  const { choices, usage } = (completion ?? {}) as RawCompletion;
  const choice = Array.isArray(choices) ? choices[0] : undefined;
  if (!choice?.message)
    throw new ChatModelError('bad_answer', 'the server sent something that is no chat completion');
  const refusal = textOf(choice.message.refusal);
  const text = textOf(choice.message.content);
  return {
    text,
    finishReason: refusal && !text ? 'refusal' : finishReasonOf(choice.finish_reason),
    usage: usageOf(usage, request.messages, text),
  };
}

/** A stream of completion chunks as ours; ends with an error when it was cut. */
export async function* readChunks(
  chunks: AsyncIterable<unknown>,
  request: ChatRequest,
  exchange: Exchange,
): AsyncIterable<ChatChunk> {
  let text = '';
  let refusal = '';
  let reason: string | null = null;
  let usage: RawCompletion['usage'] = null;
  for await (const chunk of chunks) {
    const completion = (chunk ?? {}) as RawCompletion;
    usage = completion.usage ?? usage;
    const choice = Array.isArray(completion.choices) ? completion.choices[0] : undefined;
    refusal += textOf(choice?.delta?.refusal);
    const piece = textOf(choice?.delta?.content);
    if (piece) {
      text += piece;
      yield { type: 'text', text: piece };
    }
    reason = choice?.finish_reason ?? reason;
  }
  if (reason === null && !exchange.sawDone)
    throw new ChatModelError('unreachable', 'the stream was cut', { isRetryable: true, partialText: text });
  const finishReason = refusal && !text ? 'refusal' : finishReasonOf(reason);
  yield { type: 'end', answer: { text, finishReason, usage: usageOf(usage, request.messages, text) } };
}

/** Content is a string, or (some servers) a list of parts. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => textOf((part as { text?: unknown } | null)?.text)).join('');
}

function finishReasonOf(reason: string | null | undefined): ChatAnswer['finishReason'] {
  if (reason === 'stop' || reason === 'eos_token' || reason === 'stop_sequence') return 'stop';
  if (reason === 'length') return 'length';
  if (reason === 'content_filter') return 'refusal';
  return 'unknown';
}
