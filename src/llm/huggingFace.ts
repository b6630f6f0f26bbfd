import type { ChatModelConfig } from '../config.ts';
import { type Provider, readChunks, readCompletion } from './provider.ts';
import { type Quirk, type RequestBody, requestBody } from './requestBody.ts';

/**
 * Hugging Face: with `baseUrl` a dedicated endpoint (with or without `/v1`), else the router, which picks a provider, or the
 * one named behind the model (`mistralai/Mistral-7B-Instruct-v0.3:together`). The SDK retries a 503 for ever and has no
 * time-out: its retry is switched off, ours decide.
 */
export function huggingFace(config: ChatModelConfig, quirks: ReadonlySet<Quirk>): Provider {
  const options = (wire: { fetch: typeof fetch; signal: AbortSignal }) => ({
    fetch: wire.fetch,
    signal: wire.signal,
    retry_on_error: false,
  });
  const body = (sent: RequestBody) => ({
    ...sent,
    ...(config.apiKey ? { accessToken: config.apiKey } : {}),
    ...(config.baseUrl ? { endpointUrl: config.baseUrl } : {}),
  });
  return {
    async complete(request, wire) {
      const { chatCompletion } = await import('@huggingface/inference');
      const sent = body(requestBody(config.model, config.json, request, quirks));
      return readCompletion(await chatCompletion(sent as never, options(wire)), request);
    },
    async *stream(request, wire) {
      const { chatCompletionStream } = await import('@huggingface/inference');
      const sent = body(requestBody(config.model, config.json, request, quirks));
      const extra = quirks.has('no_stream_options') ? {} : { stream_options: { include_usage: true } };
      yield* readChunks(
        chatCompletionStream({ ...sent, ...extra } as never, options(wire)),
        request,
        wire.exchange,
      );
    },
  };
}
