import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * A load generator of the open kind, started as a process of its own: requests leave when they are due, whether or not
 * earlier ones have been answered, and each is timed from the moment it was due. A server that stalls is charged for the
 * whole queue it causes, which a generator that waits for answers leaves out ("coordinated omission").
 *
 * `node --import tsx openLoop.ts` reads one plan as JSON from standard input and writes one result to standard output.
 */
export interface LoadPlan {
  url: string;
  perSecond: number;
  seconds: number;
  /** Every request as far apart as the next, or as people come: at random, so many a second on average. */
  spacing: 'even' | 'poisson';
  /** Sent in turn, from the start again when they run out. */
  requests: LoadRequest[];
}

export interface LoadRequest {
  path: string;
  method?: 'GET' | 'POST';
  /** JSON. */
  body?: string;
}

/** Milliseconds from when a request was due to the last byte of its answer. */
export interface LoadResult {
  p50: number;
  p95: number;
  p99: number;
  max: number;
  perSecond: number;
  /** Answers that were no 200, and requests without one. */
  failed: number;
}

async function run(plan: LoadPlan): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const count = Math.round(plan.perSecond * plan.seconds);
  const latenciesMs: number[] = [];
  let failed = 0;
  const began = performance.now() + 50;
  const dueTimes = dueTimesOf(plan, count);
  const open: Promise<void>[] = [];
  for (const [at, offsetMs] of dueTimes.entries()) {
    const due = began + offsetMs;
    const earlyMs = due - performance.now();
    if (earlyMs > 1) await wait(earlyMs);
    const one = plan.requests[at % plan.requests.length]!;
    open.push(
      ask(plan.url, one, agent).then((isRight) => {
        latenciesMs.push(performance.now() - due);
        if (!isRight) failed++;
      }),
    );
  }
  await Promise.all(open);
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  latenciesMs.sort((a, b) => a - b);
  const share = (part: number) => latenciesMs[Math.min(count - 1, Math.floor(count * part))]!;
  return { p50: share(0.5), p95: share(0.95), p99: share(0.99), max: share(1), perSecond: count / seconds, failed };
} // prettier-ignore

/** When each request is due, in milliseconds from the beginning. */
function dueTimesOf({ perSecond, spacing }: LoadPlan, count: number): number[] {
  const gapMs = 1000 / perSecond;
  let nowMs = 0;
  return Array.from({ length: count }, () => {
    nowMs += spacing === 'even' ? gapMs : -Math.log(1 - Math.random()) * gapMs;
    return nowMs;
  });
}

function ask(url: string, { path, method = 'GET', body }: LoadRequest, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = request(url + path, { agent, method, headers }, (answer) => {
      answer.on('end', () => resolve(answer.statusCode === 200)).on('error', () => resolve(false));
      answer.resume();
    });
    sent.on('error', () => resolve(false));
    sent.end(body);
  });
}

let text = '';
for await (const chunk of process.stdin) text += String(chunk);
process.stdout.write(JSON.stringify(await run(JSON.parse(text) as LoadPlan)));
