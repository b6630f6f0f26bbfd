import type { ChatMessage, ChatRequest, JsonMode } from './chatModel.ts';
import { HttpFailure } from './failures.ts';

/**
 * What a server turned out not to know. "OpenAI-compatible" servers differ in a handful of parameters; a server that
 * refuses one gets the request again without it, and is remembered.
 */
export type Quirk =
  | 'no_schema' | 'no_json' | 'no_seed' | 'no_temperature' | 'no_stream_options' | 'completion_tokens' | 'no_system'; // prettier-ignore

/** The body both SDKs send: chat completions. */
export interface RequestBody {
  model: string;
  messages: ChatMessage[];
  temperature?: number;
  max_tokens?: number;
  max_completion_tokens?: number;
  seed?: number;
  response_format?:
    | { type: 'json_object' }
    | {
        type: 'json_schema';
        json_schema: { name: string; schema: Record<string, unknown>; strict: boolean };
      };
}

export function requestBody(
  model: string,
  json: JsonMode,
  request: ChatRequest,
  quirks: ReadonlySet<Quirk>,
): RequestBody {
  const format = responseFormat(json, request, quirks);
  return {
    model,
    messages: quirks.has('no_system') ? withoutSystem(request.messages) : request.messages,
    ...(quirks.has('no_temperature') ? {} : { temperature: request.temperature ?? 0 }),
    ...(request.maxTokens === undefined
      ? {}
      : { [quirks.has('completion_tokens') ? 'max_completion_tokens' : 'max_tokens']: request.maxTokens }),
    ...(request.seed === undefined || quirks.has('no_seed') ? {} : { seed: request.seed }),
    ...(format ? { response_format: format } : {}),
  };
}

function responseFormat(
  json: JsonMode,
  request: ChatRequest,
  quirks: ReadonlySet<Quirk>,
): RequestBody['response_format'] {
  if (!request.schema || json === 'text' || quirks.has('no_json')) return undefined;
  if (json === 'object' || quirks.has('no_schema')) return { type: 'json_object' };
  const { name, jsonSchema } = request.schema;
  return { type: 'json_schema', json_schema: { name, schema: jsonSchema, strict: true } };
}

/** Some chat templates (Gemma, early Mistral) know no system role: its text goes in front of the first question. */
function withoutSystem(messages: ChatMessage[]): ChatMessage[] {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const rest = messages.filter(({ role }) => role !== 'system');
  const [first, ...others] = rest;
  if (!first || system.length === 0) return rest;
  return [{ ...first, content: [...system, first.content].join('\n\n') }, ...others];
}

/** Which quirk a refusal tells of; null when it tells of none that is not known already. */
export function quirkIn(error: unknown, body: RequestBody, known: ReadonlySet<Quirk>): Quirk | null {
  if (!(error instanceof HttpFailure) || ![400, 404, 422, 500].includes(error.httpStatus ?? 0)) return null;
  const text = error.bodyText();
  const found = quirksSuggestedBy(text, body).find((quirk) => !known.has(quirk));
  return found ?? null;
}

function quirksSuggestedBy(text: string, body: RequestBody): Quirk[] {
  const quirks: Quirk[] = [];
  if (
    /response_format|json_schema|json_object|structured output|guided|grammar/i.test(text) &&
    body.response_format
  )
    quirks.push(body.response_format.type === 'json_schema' ? 'no_schema' : 'no_json');
  if (/max_completion_tokens/.test(text) && body.max_tokens !== undefined) quirks.push('completion_tokens');
  if (/temperature/i.test(text) && body.temperature !== undefined) quirks.push('no_temperature');
  if (/\bseed\b/i.test(text) && body.seed !== undefined) quirks.push('no_seed');
  if (/stream_options/i.test(text)) quirks.push('no_stream_options');
  if (/system role|role.{0,20}system|roles must alternate/i.test(text) && body.messages[0]?.role === 'system')
    quirks.push('no_system');
  return quirks;
}
