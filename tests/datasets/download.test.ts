import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Download } from '../../datasets/dataSet.ts';
import { download } from '../../datasets/support/download.ts';

const CONTENT = Buffer.concat([
  Buffer.from('PK\u0003\u0004'),
  Buffer.from('0123456789'.repeat(20_000).slice(4)),
]);
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let folder: string;
let server: Server;
let script: Answer[];
let ranges: (string | undefined)[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marquee-download-'));
  script = [];
  ranges = [];
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    (script.shift() ?? whole)(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Knows ranges, as long as the file is the one asked for. */
const whole: Answer = (request, response) => {
  const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const isRest = from !== undefined && request.headers['if-range'] === '"one"';
  const body = isRest ? CONTENT.subarray(Number(from)) : CONTENT;
  const range = isRest ? { 'content-range': `bytes ${from}-${CONTENT.length - 1}/${CONTENT.length}` } : {};
  response.writeHead(isRest ? 206 : 200, { 'content-length': body.length, etag: '"one"', ...range });
  response.end(body);
};
const cutAt =
  (bytes: number, etag = '"one"'): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-length': CONTENT.length, etag });
    response.write(CONTENT.subarray(0, bytes), () => setTimeout(() => response.destroy(), 100));
  };
const status =
  (code: number): Answer =>
  (_request, response) =>
    void response.writeHead(code).end();

const source = (changes: Partial<Download> = {}): Download => ({
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/set.zip`,
  fileName: 'set.zip',
  sizeBytes: CONTENT.length,
  ...changes,
});
const fetchIt = (changes: Partial<Download> = {}, signal = new AbortController().signal) =>
  download(source(changes), folder, { onProgress: () => {}, signal, pauseMs: 5, stallMs: 300, attempts: 4 });

describe('a download', () => {
  test('that is cut goes on where it stopped', async () => {
    script = [cutAt(70_000), status(503)];
    const path = await fetchIt();
    expect(await readFile(path)).toEqual(CONTENT);
    expect(ranges[0]).toBeUndefined();
    expect(ranges.at(-1)).toMatch(/^bytes=[1-9]\d*-$/);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  test('goes on in a later run too', async () => {
    script = [cutAt(70_000), status(404)];
    await expect(fetchIt()).rejects.toThrow(/answered 404/);
    expect(existsSync(join(folder, 'set.zip'))).toBe(false);
    expect(await readFile(await fetchIt())).toEqual(CONTENT);
    expect(ranges.at(-1)).toMatch(/^bytes=[1-9]\d*-$/);
  });

  test('starts afresh when the file changed meanwhile', async () => {
    script = [cutAt(70_000, '"older"')];
    expect(await readFile(await fetchIt())).toEqual(CONTENT);
  });

  test('without a byte for a while is tried again', async () => {
    script = [(_request, response) => void response.writeHead(200, { 'content-length': 10 }).flushHeaders()];
    expect(await readFile(await fetchIt())).toEqual(CONTENT);
  });

  test('of the wrong size or checksum is refused and removed', async () => {
    await expect(fetchIt({ sizeBytes: 5 })).rejects.toThrow('set.zip has 200000 bytes instead of 5');
    expect(existsSync(join(folder, 'set.zip.part'))).toBe(false);
    script = [whole, (_request, response) => void response.end(`${'0'.repeat(32)}  set.zip\n`)];
    await expect(fetchIt({ md5Url: source().url })).rejects.toThrow('does not match its published checksum');
    const md5 = createHash('md5').update(CONTENT).digest('hex');
    script = [whole, (_request, response) => void response.end(`${md5}  set.zip\n`)];
    expect(await readFile(await fetchIt({ md5Url: source().url }))).toEqual(CONTENT);
  });

  test('is not fetched twice', async () => {
    await writeFile(join(folder, 'set.zip'), 'here');
    expect(await readFile(await fetchIt({ sizeBytes: 4 }), 'utf8')).toBe('here');
    expect(ranges).toEqual([]);
    // Of another size than was published it is not that file.
    expect(await readFile(await fetchIt())).toEqual(CONTENT);
  });

  test('follows a redirect to where the file is now', async () => {
    script = [(_request, response) => void response.writeHead(302, { location: '/elsewhere/set.zip' }).end()];
    expect(await readFile(await fetchIt())).toEqual(CONTENT);
  });

  test('is no page of HTML: that is refused, removed and asked for again the next time', async () => {
    const page: Answer = (_request, response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome to the hotel</html>');
    script = [page];
    const unsized = source();
    delete unsized.sizeBytes;
    const options = { onProgress: () => {}, signal: new AbortController().signal, pauseMs: 5 };
    await expect(download(unsized, folder, options)).rejects.toThrow(/set\.zip is no zip archive/);
    expect(await readdir(folder)).toEqual([]);
    expect(await readFile(await download(unsized, folder, options))).toEqual(CONTENT);
  });

  test('takes no other part than the one it asked for', async () => {
    const otherPart: Answer = (_request, response) => {
      response.writeHead(206, { 'content-length': 10, 'content-range': `bytes 0-9/${CONTENT.length}` });
      response.end(CONTENT.subarray(0, 10));
    };
    script = [cutAt(70_000), otherPart];
    expect(await readFile(await fetchIt())).toEqual(CONTENT);
    expect(ranges.at(-1)).toBeUndefined();
  });

  test('that a server says is shorter by now is fetched from the start', async () => {
    const shorter: Answer = (_request, response) =>
      void response.writeHead(416, { 'content-range': 'bytes */50' }).end();
    script = [cutAt(70_000), shorter];
    expect(await readFile(await fetchIt())).toEqual(CONTENT);
    expect(ranges.at(-1)).toBeUndefined();
  });

  test('that does not fit on the disk is refused before it is begun', async () => {
    script = [
      (_request, response) => {
        response.writeHead(200, { 'content-length': 2 ** 52 }).flushHeaders();
      },
    ];
    await expect(fetchIt({ sizeBytes: 2 ** 52 })).rejects.toThrow(
      /^Not enough room for the download: [\d,]+ MB are needed and [\d,]+ MB are free$/,
    );
    expect(ranges).toHaveLength(1);
  });

  test('stops at once when it is interrupted, keeping what came', async () => {
    const stopping = new AbortController();
    script = [
      (_request, response) => {
        response.writeHead(200, { 'content-length': CONTENT.length, etag: '"one"' });
        response.write(CONTENT.subarray(0, 70_000), () =>
          setTimeout(() => stopping.abort(new Error('Interrupted')), 50),
        );
      },
    ];
    await expect(fetchIt({}, stopping.signal)).rejects.toThrow();
    expect(ranges).toHaveLength(1);
    expect(existsSync(join(folder, 'set.zip.part'))).toBe(true);
  });
});
