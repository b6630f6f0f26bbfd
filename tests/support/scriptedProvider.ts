import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { answerTo, type ChatBody, type Obedience } from './scriptedAnswers.ts';

/**
 * A server that speaks the chat completions protocol the way OpenAI, Hugging Face's router and dedicated endpoints do, reads the
 * request, answers sensibly after a settable delay, and misbehaves on demand. From the command line (no key needed):
 * `node --import tsx tests/support/scriptedProvider.ts --port 8099 [--delay 800] [--fault trickle]`.
 */
export const FAULTS = [
  'rate_limited', 'rate_limited_bare', 'server_error', 'hang', 'hang_mid_stream', 'cut', 'trickle', 'garbage', 'html',
  'truncated_json', 'wrong_ids', 'repeats', 'out_of_range', 'over_long', 'refusal', 'empty',
] as const; // prettier-ignore
export type Fault = (typeof FAULTS)[number];

export interface ScriptedRequest {
  path: string;
  headers: IncomingMessage['headers'];
  body: ChatBody;
  at: number;
}

export interface ScriptedOptions {
  delayMs?: number;
  fault?: Fault | null;
  /** Your own answer; undefined leaves it to the usual one. */
  script?: (body: ChatBody, count: number) => string | undefined;
  /** For the first so many requests only; for ever when absent. */
  faultTimes?: number;
  retryAfterSeconds?: number;
  /** Obeys whatever the data tells it, as a gullible model would. */
  obeys?: Obedience;
  port?: number;
  /** Pause between two pieces of a stream. */
  pieceMs?: number;
  /** Refuses parameters by name with the error OpenAI gives. */
  unknownParameters?: string[];
}

export interface ScriptedProvider {
  /** Base URL with `/v1`. */
  url: string;
  requests: ScriptedRequest[];
  /** Most requests that were being answered at one time. */
  mostAtOnce: () => number;
  setFault(fault: Fault | null, times?: number): void;
  close(): Promise<void>;
}

export async function startScriptedProvider(options: ScriptedOptions = {}): Promise<ScriptedProvider> {
  const state = { fault: options.fault ?? null, times: options.faultTimes ?? Infinity, now: 0, most: 0 };
  const requests: ScriptedRequest[] = [];
  const server = createServer((request, response) => {
    state.now++;
    state.most = Math.max(state.most, state.now);
    response.on('close', () => state.now--);
    void handle(request, response).catch(() => response.destroy());
  });
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (!request.url?.endsWith('/chat/completions'))
      return sendError(response, 404, 'not found', 'invalid_request_error');
    requests.push({ path: request.url, headers: request.headers, body, at: Date.now() });
    const unknown = options.unknownParameters?.find((name) => name in body);
    if (unknown)
      return sendError(
        response,
        400,
        `Unsupported parameter: '${unknown}' is not supported with this model.`,
        'invalid_request_error',
      );
    const fault = state.times > 0 ? state.fault : null;
    state.times--;
    await pause(options.delayMs ?? 0);
    const text = options.script?.(body, requests.length) ?? answerTo(body, options.obeys);
    await misbehave(fault, { response, body, text, options });
  }
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    mostAtOnce: () => state.most,
    setFault(fault, times = Infinity) {
      state.fault = fault;
      state.times = times;
    },
    close: () => closeServer(server),
  };
}

interface Turn {
  response: ServerResponse;
  body: ChatBody;
  text: string;
  options: ScriptedOptions;
}

async function misbehave(fault: Fault | null, turn: Turn): Promise<void> {
  const { response, body, text, options } = turn;
  switch (fault) {
    case 'rate_limited':
      response.setHeader('retry-after', String(options.retryAfterSeconds ?? 1));
      return sendError(
        response,
        429,
        'Rate limit reached for this model. Please try again later.',
        'requests',
      );
    case 'rate_limited_bare':
      return sendError(
        response,
        429,
        'You exceeded your current quota, please check your plan.',
        'insufficient_quota',
      );
    case 'server_error':
      return sendError(
        response,
        500,
        'The server had an error while processing your request.',
        'server_error',
      );
    case 'hang':
      return;
    case 'hang_mid_stream':
    case 'cut':
      return startOnly(turn, fault === 'cut');
    case 'trickle':
      return sendStreamOrWhole({ ...turn, options: { ...options, pieceMs: 400 } });
    case 'garbage':
      return sendText(turn, 'zxq ]}{ 17 ,, lorem "ipsum dolor\n}}} sit [[ amet ::: 9 9 9');
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>');
      return;
    case 'truncated_json':
      return sendText(turn, text.slice(0, Math.floor(text.length * 0.6)), 'length');
    case 'wrong_ids':
      return sendText(turn, text.replace(/c(\d\d)/g, 'x$1'));
    case 'repeats':
      return sendText(turn, repeatFirst(text));
    case 'out_of_range':
      return sendText(
        turn,
        text.replace(
          /("score":)\s*([\d.]+)/g,
          (_all, key: string, score: string) => `${key}${Number(score) > 2.5 ? 7 : -2}`,
        ),
      );
    case 'over_long':
      return sendOverLong(turn);
    case 'refusal':
      return sendRefusal(response, body);
    case 'empty':
      return sendText(turn, '');
    default:
      return sendStreamOrWhole(turn);
  }
}

const sendText = (turn: Turn, text: string, finish = 'stop') => sendStreamOrWhole({ ...turn, text }, finish);

async function sendStreamOrWhole({ response, body, text, options }: Turn, finish = 'stop'): Promise<void> {
  if (!body.stream) return sendWhole(response, body, { role: 'assistant', content: text }, finish, text);
  startStream(response);
  for (const piece of pieces(text)) {
    if (response.destroyed) return;
    if (!response.write(event(body, { content: piece }, null))) await drained(response);
    if (options.pieceMs) await pause(options.pieceMs);
  }
  response.write(event(body, {}, finish));
  if (body.stream_options?.include_usage) response.write(usageEvent(body, text));
  response.end('data: [DONE]\n\n');
}

/** Half an answer, then silence or a cut wire. */
async function startOnly({ response, body, text }: Turn, isCut: boolean): Promise<void> {
  const half = text.slice(0, Math.floor(text.length / 2));
  if (body.stream) {
    startStream(response);
    for (const piece of pieces(half)) response.write(event(body, { content: piece }, null));
  } else {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
    response.write(`{"id":"x","choices":[{"message":{"content":${JSON.stringify(half).slice(0, -1)}`);
  }
  await pause(30);
  if (isCut) response.destroy();
}

async function sendOverLong(turn: Turn): Promise<void> {
  const { response, body, text } = turn;
  const reason = 'very '.repeat(600);
  const long = text.replace(/"reason":"[^"]*"/g, `"reason":"${reason}long"`);
  if (!body.stream) return sendText(turn, long + ' and so on'.repeat(20_000));
  startStream(response);
  for (const piece of pieces(long, 400)) response.write(event(body, { content: piece }, null));
  // Never comes to an end by itself.
  while (!response.destroyed) {
    if (!response.write(event(body, { content: ' and so on'.repeat(200) }, null))) await drained(response);
    await pause(0);
  }
}

function sendRefusal(response: ServerResponse, body: ChatBody): void {
  const refusal = "I'm sorry, I can't help with that.";
  if (!body.stream)
    return sendWhole(response, body, { role: 'assistant', content: null, refusal }, 'stop', refusal);
  startStream(response);
  response.write(event(body, { refusal }, null));
  response.write(event(body, {}, 'stop'));
  response.end('data: [DONE]\n\n');
}

const repeatFirst = (text: string): string => text.replace(/(\{"id":"c\d\d"[^{}]*\})/, '$1,$1,$1');

function sendWhole(
  response: ServerResponse,
  body: ChatBody,
  message: object,
  finish: string,
  text: string,
): void {
  sendJson(response, 200, {
    id: 'chatcmpl-scripted',
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: body.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finish }],
    usage: usageOf(body, text),
  });
}

function startStream(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
}

const event = (body: ChatBody, delta: object, finish: string | null): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-scripted', object: 'chat.completion.chunk', created: 0, model: body.model, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

const usageEvent = (body: ChatBody, text: string): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-scripted', object: 'chat.completion.chunk', created: 0, model: body.model, choices: [], usage: usageOf(body, text) })}\n\n`;

function usageOf(body: ChatBody, text: string) {
  const prompt = body.messages.reduce((sum, { content }) => sum + content.length, 0);
  const [promptTokens, completionTokens] = [Math.ceil(prompt / 4), Math.ceil(text.length / 4)];
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

/** The error body OpenAI sends; Hugging Face's endpoints send the same since they speak this protocol. */
function sendError(response: ServerResponse, status: number, message: string, type: string): void {
  sendJson(response, status, { error: { message, type, param: null, code: null } });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_scripted' });
  response.end(JSON.stringify(value));
}

const pieces = (text: string, size = 24): string[] =>
  text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = () => resolve();
    response.once('drain', done);
    response.once('close', done);
  });

async function readBody(request: IncomingMessage): Promise<ChatBody> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return (text ? JSON.parse(text) : { model: '', messages: [] }) as ChatBody;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      delay: { type: 'string' },
      fault: { type: 'string' },
      'piece-ms': { type: 'string' },
    },
  });
  if (values.fault && !(FAULTS as readonly string[]).includes(values.fault)) {
    process.stderr.write(`--fault is one of ${FAULTS.join(', ')}\n`);
    process.exit(2);
  }
  const provider = await startScriptedProvider({
    port: Number(values.port ?? 8099),
    delayMs: Number(values.delay ?? 800),
    fault: (values.fault as Fault | undefined) ?? null,
    pieceMs: Number(values['piece-ms'] ?? 15),
  });
  process.stdout.write(`A scripted chat model answers at ${provider.url}\n`);
}
