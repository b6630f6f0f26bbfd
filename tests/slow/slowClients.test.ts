import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite, type TestSite } from '../support/site.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

/** Sends the start and then a letter every half second; resolves with the milliseconds until it is cut off. */
async function trickle(start: string): Promise<number> {
  const startedAt = performance.now();
  const socket: Socket = connect(Number(new URL(site.url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(start);
  const drip = setInterval(() => socket.write('x'), 500);
  await new Promise<void>((done) => socket.once('close', () => done()));
  clearInterval(drip);
  return performance.now() - startedAt;
}

describe('25: slow clients', () => {
  it('two hundred that never finish their headers are cut off, and others do not notice', async () => {
    const slow = Array.from({ length: 200 }, () => trickle('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '));
    const startedAt = performance.now();
    expect((await fetch(`${site.url}/`)).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(3000);
    for (const tookMs of await Promise.all(slow)) expect(tookMs).toBeLessThan(30_000);
  });

  it('one that never finishes its body is cut off', async () => {
    const head = 'POST /api/v1/lite HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50000\r\n\r\n{';
    expect(await trickle(head)).toBeLessThan(45_000);
  }); // prettier-ignore
});
