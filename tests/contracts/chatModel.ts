import { afterEach, describe, expect, it } from 'vitest';
import type { ChatModelConfig } from '../../src/config.ts';
import {
  type ChatAnswer,
  type ChatFailure,
  type ChatModel,
  ChatModelError,
} from '../../src/llm/chatModel.ts';
import { CircuitBreaker } from '../../src/llm/circuitBreaker.ts';
import { type ChatModelOptions, createChatModel } from '../../src/llm/createChatModel.ts';
import {
  type Fault,
  type ScriptedOptions,
  type ScriptedProvider,
  startScriptedProvider,
} from '../support/scriptedProvider.ts';

export const KEY = 'hf_verysecretkey1234567890';

/** How one provider is pointed at the scripted server. */
export type Configure = (provider: ScriptedProvider) => {
  config: Partial<ChatModelConfig> & Pick<ChatModelConfig, 'provider'>;
  options?: ChatModelOptions;
};

const QUESTION = 'Tell me the capital of France as JSON.';

/** What every provider must do with every behaviour of a server. */
export function chatModelContract(name: string, configure: Configure): void {
  describe(`${name} keeps the chat model contract`, () => {
    let provider: ScriptedProvider;
    afterEach(() => provider.close());

    async function open(
      scripted: ScriptedOptions = {},
      settings: Partial<ChatModelConfig> = {},
      options: ChatModelOptions = {},
    ): Promise<ChatModel> {
      provider = await startScriptedProvider(scripted);
      const { config, options: own } = configure(provider);
      const model: ChatModelConfig = {
        id: 'm', label: 'M', model: 'scripted/one', json: 'schema', apiKey: KEY, timeoutMs: 3_000, ...config, ...settings,
      }; // prettier-ignore
      return createChatModel(model, { idleMs: 250, random: () => 0, ...own, ...options });
    }

    it('answers whole, with the tokens the server counted', async () => {
      const model = await open({ script: () => '{"a":1}' });
      const answer = await ask(model);
      expect(answer.text).toBe('{"a":1}');
      expect(answer.finishReason).toBe('stop');
      expect(answer.usage).toEqual({
        promptTokens: Math.ceil(QUESTION.length / 4),
        completionTokens: 2,
        isEstimate: false,
      });
      expect(provider.requests[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
      expect(provider.requests[0]!.path).toBe('/v1/chat/completions');
    });

    it('streams the same answer in pieces and ends with it', async () => {
      const text = 'A longer answer, so that it comes in more than one piece.';
      const model = await open({ script: () => text });
      const { pieces, answer } = await readStream(model);
      expect(pieces.length).toBeGreaterThan(1);
      expect(pieces.join('')).toBe(text);
      expect(answer?.text).toBe(text);
      expect(answer?.usage.isEstimate).toBe(false);
    });

    it('asks for the JSON its mode can carry', async () => {
      const schema = { name: 'one', jsonSchema: { type: 'object' } };
      for (const [json, type] of [
        ['schema', 'json_schema'],
        ['object', 'json_object'],
        ['text', undefined],
      ] as const) {
        const model = await open({}, { json });
        await model.complete({ ...request(), schema });
        expect(provider.requests[0]!.body.response_format?.type).toBe(type);
        await provider.close();
      }
    });

    const failures: [Fault, ChatFailure, { whole: number; streamed: number }][] = [
      ['rate_limited_bare', 'rate_limited', { whole: 2, streamed: 2 }],
      ['server_error', 'unreachable', { whole: 2, streamed: 2 }],
      ['html', 'bad_answer', { whole: 1, streamed: 1 }],
      ['refusal', 'bad_answer', { whole: 1, streamed: 1 }],
      ['empty', 'bad_answer', { whole: 1, streamed: 1 }],
    ];
    for (const [fault, failure, calls] of failures) {
      it(`calls ${fault} ${failure} and asks ${calls.whole === 2 ? 'once more' : 'no more'}`, async () => {
        const model = await open({ fault });
        expect((await failureOf(ask(model))).failure).toBe(failure);
        expect(provider.requests.length).toBe(calls.whole);
        expect((await failureOf(readStream(model))).failure).toBe(failure);
        expect(provider.requests.length).toBe(calls.whole + calls.streamed);
      });
    }

    it('waits as long as Retry-After says, then succeeds', async () => {
      const model = await open({ fault: 'rate_limited', faultTimes: 1, retryAfterSeconds: 1 });
      await ask(model);
      const [first, second] = provider.requests;
      expect(second!.at - first!.at).toBeGreaterThanOrEqual(950);
    });

    it('does not wait for a Retry-After beyond the deadline', async () => {
      const model = await open({ fault: 'rate_limited', retryAfterSeconds: 60 });
      const startedAt = Date.now();
      const error = await failureOf(ask(model));
      expect([error.failure, error.retryAfterMs, error.httpStatus]).toEqual(['rate_limited', 60_000, 429]);
      expect(Date.now() - startedAt).toBeLessThan(1_000);
      expect(provider.requests.length).toBe(1);
    });

    it('tells of the failed try that a retry follows, and of the last one by its error alone', async () => {
      const model = await open({ fault: 'server_error' });
      const failed: ChatModelError[] = [];
      const onFailedTry = (error: ChatModelError) => failed.push(error);
      const error = await failureOf(model.complete({ ...request(), onFailedTry }));
      expect(failed.map(({ httpStatus, wasSent }) => [httpStatus, wasSent])).toEqual([[500, true]]);
      expect([error.httpStatus, error.wasSent, provider.requests.length]).toEqual([500, true, 2]);
    });

    it('says of a call that waited for its turn until the deadline that it was not sent', async () => {
      const model = await open({ delayMs: 700 }, { concurrency: 1, timeoutMs: 400 });
      const second = () => model.complete({ ...request(), deadlineAt: Date.now() + 200 });
      const errors = await Promise.all([failureOf(ask(model)), failureOf(second())]);
      expect(errors.map(({ failure, wasSent }) => [failure, wasSent])).toEqual([['timeout', true], ['timeout', false]]); // prettier-ignore
      expect(provider.requests.length).toBe(1);
    });

    it('says of a call to a server that is not there that it was not sent', async () => {
      const model = await open();
      await provider.close();
      expect(await failureOf(ask(model))).toMatchObject({ failure: 'unreachable', wasSent: false });
      expect(await failureOf(readStream(model))).toMatchObject({ failure: 'unreachable', wasSent: false });
    });

    it('recovers from one 500', async () => {
      const model = await open({ fault: 'server_error', faultTimes: 1 });
      expect((await ask(model)).text).toContain('Paris');
      provider.setFault('server_error', 1);
      expect((await readStream(model)).answer?.text).toContain('Paris');
    });

    it('ends a whole call that hangs at the deadline', async () => {
      const model = await open({ fault: 'hang' }, { timeoutMs: 600 });
      const startedAt = Date.now();
      expect((await failureOf(ask(model))).failure).toBe('timeout');
      expect(Date.now() - startedAt).toBeLessThan(1_200);
    });

    it('ends a stream that never begins by its watchdog, well before the deadline', async () => {
      const model = await open({ fault: 'hang' });
      const startedAt = Date.now();
      expect((await failureOf(readStream(model))).failure).toBe('timeout');
      expect(Date.now() - startedAt).toBeLessThan(2_000);
      expect(provider.requests.length).toBe(2);
    });

    it('ends a stream that stalls, and hands over what had come', async () => {
      const model = await open({
        fault: 'hang_mid_stream',
        script: () => 'The first half|and the rest of it.',
      });
      const error = await failureOf(readStream(model));
      expect(error.failure).toBe('timeout');
      expect(error.partialText).toBe('The first half|an');
    });

    it('ends a whole answer whose body stalls', async () => {
      const model = await open({ fault: 'hang_mid_stream' });
      expect((await failureOf(ask(model))).failure).toBe('timeout');
    });

    it('never takes a cut stream for a complete one', async () => {
      const model = await open({ fault: 'cut', script: () => 'The first half|and the rest of it.' });
      const error = await failureOf(readStream(model));
      expect([error.failure, error.isRetryable]).toEqual(['unreachable', true]);
      expect(error.partialText).toBe('The first half|an');
      expect((await failureOf(ask(model))).failure).toBe('unreachable');
    });

    it('lets a slow trickle go on only until the deadline', async () => {
      const model = await open(
        { fault: 'trickle', script: () => 'word '.repeat(60) },
        { timeoutMs: 1_200 },
        { idleMs: 900 },
      );
      const startedAt = Date.now();
      const error = await failureOf(readStream(model));
      expect(error.failure).toBe('timeout');
      expect(error.partialText.length).toBeGreaterThan(20);
      expect(Date.now() - startedAt).toBeLessThan(1_900);
    });

    it('stops an answer that does not end', async () => {
      const model = await open({ fault: 'over_long' });
      const error = await failureOf(readStream(model));
      expect(error.failure).toBe('bad_answer');
      expect(error.partialText.length).toBeLessThan(8_000_000);
    });

    for (const fault of ['garbage', 'truncated_json', 'wrong_ids', 'repeats', 'out_of_range'] as const) {
      it(`hands over the text of ${fault} as it came: judging it is the caller's`, async () => {
        const model = await open({ fault });
        const whole = await ask(model);
        expect(whole.text.length).toBeGreaterThan(10);
        expect((await readStream(model)).answer?.text).toBe(whole.text);
        expect(whole.finishReason).toBe(fault === 'truncated_json' ? 'length' : 'stop');
      });
    }

    it('throws when stopped in the middle of a stream', async () => {
      const model = await open({ pieceMs: 30, script: () => 'word '.repeat(100) });
      const controller = new AbortController();
      const seen: string[] = [];
      const error = await failureOf(
        (async () => {
          for await (const chunk of model.stream({ ...request(), signal: controller.signal })) {
            if (chunk.type === 'text') seen.push(chunk.text);
            controller.abort();
          }
        })(),
      );
      expect(error.failure).toBe('aborted');
      expect(error.partialText).toBe(seen.join(''));
    });

    it('says timeout when the caller’s deadline signal ends the call', async () => {
      const model = await open({ fault: 'hang' });
      expect(
        (await failureOf(model.complete({ ...request(), signal: AbortSignal.timeout(100) }))).failure,
      ).toBe('timeout');
    });

    it('gives its place back when a reader stops reading', async () => {
      const model = await open({ pieceMs: 20, script: () => 'word '.repeat(50) }, { concurrency: 1 });
      for await (const chunk of model.stream(request())) if (chunk.type === 'text') break;
      expect((await ask(model)).text).toContain('word');
    });

    it('keeps at most its concurrency of calls open', async () => {
      const model = await open({ delayMs: 60 }, { concurrency: 2 });
      await Promise.all([1, 2, 3, 4, 5].map(() => ask(model)));
      expect(provider.requests.length).toBe(5);
      expect(provider.mostAtOnce()).toBe(2);
    });

    it('leaves the server alone after five failed calls, and tries again after half a minute', async () => {
      let nowMs = 0;
      const breaker = new CircuitBreaker({ now: () => nowMs });
      const model = await open({ fault: 'cut' }, {}, { breaker });
      for (let call = 0; call < 5; call++) await failureOf(ask(model));
      const asked = provider.requests.length;
      expect((await failureOf(ask(model))).failure).toBe('circuit_open');
      expect(provider.requests.length).toBe(asked);
      nowMs = 30_000;
      provider.setFault(null);
      expect((await ask(model)).text).toContain('Paris');
      expect(breaker.state).toBe('closed');
    });

    it('follows no redirect', async () => {
      const model = await open(
        {},
        {},
        {
          fetch: () =>
            Promise.resolve(
              new Response(null, { status: 307, headers: { location: 'http://127.0.0.1:1/' } }),
            ),
        },
      );
      const error = await failureOf(ask(model));
      expect([error.failure, error.httpStatus]).toEqual(['unreachable', 307]);
    });

    it('tells neither key nor prompt in an error or a log line', async () => {
      const lines: unknown[] = [];
      const logger = { warn: (...line: unknown[]) => void lines.push(line) };
      const echo: typeof fetch = (_input, init) => {
        const body = JSON.stringify({
          error: { message: `wrong key ${KEY} for ${String(init?.body)}`, type: 'x' },
        });
        return Promise.resolve(
          new Response(body, { status: 400, headers: { 'content-type': 'application/json' } }),
        );
      };
      const model = await open({}, {}, { fetch: echo, logger });
      const errors = [await failureOf(ask(model)), await failureOf(readStream(model))];
      const told = JSON.stringify([
        lines,
        errors.map((error) => [error.message, error.stack, error, String(error.cause)]),
      ]);
      expect(told).not.toContain(KEY);
      expect(told).not.toContain('capital of France');
      expect(lines.length).toBeGreaterThanOrEqual(2);
    });

    it('calls a refused key by its name and never asks again', async () => {
      const refuse: typeof fetch = () =>
        Promise.resolve(
          new Response(JSON.stringify({ error: `Invalid ${KEY.slice(0, 12)}` }), {
            status: 401,
            headers: { 'content-type': 'application/json' },
          }),
        );
      const model = await open({}, {}, { fetch: refuse });
      const error = await failureOf(ask(model));
      expect([error.failure, error.message]).toEqual(['refused_credentials', 'the server answered 401']);
    });

    it('does without parameters the server does not know, and remembers them', async () => {
      const model = await open({ unknownParameters: ['response_format', 'temperature', 'stream_options'] });
      const schema = { name: 'one', jsonSchema: { type: 'object' } };
      for await (const chunk of model.stream({ ...request(), schema })) expect(chunk.type).toBeDefined();
      const asked = provider.requests.length;
      expect((await model.complete({ ...request(), schema })).text).toContain('Paris');
      expect(provider.requests.length).toBe(asked + 1);
      expect(provider.requests.at(-1)!.body).not.toHaveProperty('temperature');
    });
  });
}

const request = () => ({
  messages: [{ role: 'user' as const, content: QUESTION }],
  signal: new AbortController().signal,
});

const ask = (model: ChatModel): Promise<ChatAnswer> => model.complete(request());

async function readStream(model: ChatModel): Promise<{ pieces: string[]; answer: ChatAnswer | null }> {
  const pieces: string[] = [];
  let answer: ChatAnswer | null = null;
  for await (const chunk of model.stream(request())) {
    if (chunk.type === 'text') pieces.push(chunk.text);
    else answer = chunk.answer;
  }
  return { pieces, answer };
}

async function failureOf(promise: Promise<unknown>): Promise<ChatModelError> {
  try {
    await promise;
  } catch (error) {
    expect(error).toBeInstanceOf(ChatModelError);
    return error as ChatModelError;
  }
  throw new Error('the call should have failed');
}
