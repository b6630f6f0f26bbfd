import type OpenAI from 'openai';
import type { ChatModelConfig } from '../config.ts';
import { type Provider, readChunks, readCompletion } from './provider.ts';
import { type Quirk, requestBody } from './requestBody.ts';

/**
 * Every OpenAI-compatible endpoint (OpenAI, Ollama, vLLM, llama.cpp, LM Studio, OpenRouter, Mistral, Groq …) by base URL.
 * The SDK is loaded at the first call, its own retries are off.
 */
export function openAiCompatible(config: ChatModelConfig, quirks: ReadonlySet<Quirk>): Provider {
  let client: Promise<OpenAI> | undefined;
  const load = async (): Promise<OpenAI> => {
    const { default: Client } = await import('openai');
    return new Client({
      // Servers without keys still want a header that is not empty.
      apiKey: config.apiKey ?? 'none',
      baseURL: config.baseUrl ?? 'https://api.openai.com/v1',
      maxRetries: 0,
      timeout: 24 * 3_600_000,
      organization: null,
      project: null,
      logLevel: 'off',
    });
  };
  const connect = async (fetchThrough: typeof fetch) =>
    (await (client ??= load())).withOptions({ fetch: fetchThrough });
  return {
    async complete(request, wire) {
      const sdk = await connect(wire.fetch);
      const body = requestBody(config.model, config.json, request, quirks);
      return readCompletion(await sdk.chat.completions.create(body, { signal: wire.signal }), request);
    },
    async *stream(request, wire) {
      const sdk = await connect(wire.fetch);
      const chunks = await sdk.chat.completions.create(
        {
          ...requestBody(config.model, config.json, request, quirks),
          stream: true,
          ...(quirks.has('no_stream_options') ? {} : { stream_options: { include_usage: true } }),
        },
        { signal: wire.signal },
      );
      yield* readChunks(chunks, request, wire.exchange);
    },
  };
}
