import {
  type ChatMessage, type ChatModel, type ChatModelFacts, type ChatRequest, ChatModelError, type TokenUsage,
} from './chatModel.ts'; // prettier-ignore
import { readClassicUnderstanding, classicUnderstandMessages } from './classic.ts';
import { abortError, toChatModelError } from './failures.ts';
import { maskPersonal } from './mask.ts';
import { type ModelCall, openCall } from './modelCall.ts';
import { isWebPage } from './parse.ts';
import { newNonce } from './prompts/delimit.ts';
import { UNDERSTAND_SCHEMA, understandMessages, understandRepairMessages } from './prompts/understand.ts';
import { type ReadPrompt, readUnderstanding } from './readUnderstanding.ts';

export interface UnderstandOptions {
  model: ChatModel;
  prompt: string;
  signal: AbortSignal;
  nonce?: string;
  /** `Date.now()` by which the reading must be done. */
  deadlineAt?: number;
  recordCall?: (call: ModelCall) => void;
}

export interface UnderstoodByModel extends ReadPrompt {
  usage: TokenUsage & { calls: number };
}

const MAX_TOKENS = 900;

/**
 * Reads a prompt with a chat model: opinions (titles as strings, for the caller to resolve), preferences, wishes, filters. One
 * repair try when the answer cannot be used.
 * @throws ChatModelError when that failed, too: the caller reads the prompt itself
 */
export async function understandPrompt(options: UnderstandOptions): Promise<UnderstoodByModel> {
  const { model, signal, nonce = newNonce() } = options;
  const prompt = maskPersonal(options.prompt);
  const isClassic = model.facts.style === 'classic';
  const usage = { promptTokens: 0, completionTokens: 0, isEstimate: false, calls: 0 };
  for (const isRepair of [false, true]) {
    const request: ChatRequest = {
      messages: readingMessages(model.facts, prompt, nonce, isRepair),
      maxTokens: MAX_TOKENS,
      temperature: 0,
      signal,
      ...(isClassic ? {} : { schema: UNDERSTAND_SCHEMA }),
      ...(options.deadlineAt === undefined ? {} : { deadlineAt: options.deadlineAt }),
    };
    const read = await ask(options, request, usage, (text) =>
      isClassic ? readClassicUnderstanding(text, prompt) : readUnderstanding(text, prompt),
    );
    if (read) return { ...read, usage };
    if (signal.aborted) throw abortError(signal.reason);
  }
  throw new ChatModelError('bad_answer', 'the answer could not be read as an understanding');
}

/** Exactly what is sent to have a prompt read: what tells who somebody is, is masked here. */
export function readingMessages(
  { json, style }: Pick<ChatModelFacts, 'json' | 'style'>,
  prompt: string,
  nonce: string,
  isRepair = false,
): ChatMessage[] {
  const masked = maskPersonal(prompt);
  if (style === 'classic') return classicUnderstandMessages(masked);
  return (isRepair ? understandRepairMessages : understandMessages)(masked, nonce, json);
}

async function ask(
  { model, recordCall, signal }: UnderstandOptions,
  request: ChatRequest,
  usage: UnderstoodByModel['usage'],
  read: (text: string) => ReadPrompt | null,
): Promise<ReadPrompt | null> {
  const call = openCall(model, 'understand', request, (one) => {
    usage.calls++;
    usage.promptTokens += one.promptTokens;
    usage.completionTokens += one.completionTokens;
    recordCall?.(one);
  });
  try {
    const answer = await model.complete(call.request);
    usage.isEstimate ||= answer.usage.isEstimate;
    const found = isWebPage(answer.text) ? null : read(answer.text);
    call.close({ outcome: found ? 'ok' : 'bad_answer', usage: answer.usage, text: answer.text });
    return found;
  } catch (thrown) {
    const error = toChatModelError(thrown, signal);
    usage.isEstimate = true;
    call.close({ outcome: error.failure, error, text: error.partialText });
    // An empty or refused answer is worth the repair try; a broken wire has had its retry.
    if (error.failure === 'bad_answer') return null;
    throw error;
  }
}
