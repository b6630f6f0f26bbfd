import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

const CLI = resolve(import.meta.dirname, '../../src/cli.mjs');

export interface ServerProcess {
  url: string;
  child: ChildProcess;
  /** Exit code, or null when a signal ended it. */
  ended: Promise<number | null>;
  /** What it wrote on stderr so far. */
  said(): string;
}

/** `marquee serve` in a process of its own, as an operator runs it. @throws when it ends before it is ready */
export async function startServer(
  dataDir: string,
  environment: Record<string, string> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [CLI, 'serve', '--json'], {
    env: { ...process.env, MARQUEE_DATA_DIR: dataDir, PORT: '0', MARQUEE_RATE_LIMITS: 'off', MARQUEE_LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  }); // prettier-ignore
  let said = '';
  child.stderr.on('data', (piece) => (said += String(piece)));
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  const url = await new Promise<string>((done, fail) => {
    child.stdout.once('data', (piece) => done((JSON.parse(String(piece)) as { url: string }).url));
    void ended.then((code) => fail(new Error(`the server ended with ${code}: ${said}`)));
  });
  return { url: url.replace('localhost', '127.0.0.1'), child, ended, said: () => said };
}
