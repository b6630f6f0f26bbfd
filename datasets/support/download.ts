import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Download } from '../dataSet.ts';
import { type OnProgress, timed } from './progress.ts';

export interface DownloadOptions {
  onProgress: OnProgress;
  signal: AbortSignal;
  attempts?: number;
  /** Without a byte for this long the connection is given up and tried again. */
  stallMs?: number;
  /** First pause between attempts; it doubles each time. */
  pauseMs?: number;
}

/**
 * Fetches a file into a folder, going on where an earlier try stopped. It has its name only once its size and checksum
 * are right; a file that is there already, and is not of another size than was published, is not fetched again.
 * @returns its path
 * @throws Error saying what the server answered or what does not fit
 */
export async function download(source: Download, folder: string, options: DownloadOptions): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, source.fileName);
  if (existsSync(path)) {
    if (source.sizeBytes === undefined || (await stat(path)).size === source.sizeBytes) return path;
    await rm(path);
  }
  return timed(options.onProgress, `download ${source.fileName}`, async () => {
    const part = `${path}.part`;
    await fetchWhole(source, part, options);
    await check(source, part, options);
    await rename(part, path);
    await rm(`${part}.json`, { force: true });
    return { result: path, done: (await stat(path)).size, note: 'bytes' };
  });
}

async function fetchWhole(source: Download, part: string, options: DownloadOptions): Promise<void> {
  const { attempts = 6, pauseMs = 1000, signal } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetchRest(source, part, options);
    } catch (error) {
      if (signal.aborted || attempt >= attempts || error instanceof Refused || isOfThisDisk(error))
        throw error;
      await sleep(pauseMs * 2 ** (attempt - 1), null, { signal });
    }
  }
}

/** An answer that trying again will not change. */
class Refused extends Error {}

const isOfThisDisk = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Asks for what is missing; a server whose file changed since, or that knows no ranges, sends all of it again. */
async function fetchRest(source: Download, part: string, options: DownloadOptions): Promise<void> {
  const have = existsSync(part) ? (await stat(part)).size : 0;
  const before = have > 0 ? await readMark(part) : null;
  const stall = new AbortController();
  const signal = AbortSignal.any([options.signal, stall.signal]);
  const watch = setInterval(() => stall.abort(new Error('no data came')), options.stallMs ?? 30_000);
  try {
    const response = await fetch(source.url, {
      signal,
      // Packed on the way, the length it says would not be that of the file.
      headers: {
        'accept-encoding': 'identity',
        ...(before ? { range: `bytes=${have}-`, 'if-range': before } : {}),
      },
    });
    if (response.status === 416 && have > 0) return await checkWholeAlready(response, part, have);
    if (!response.ok) await refuse(source.url, response);
    const isRest = response.status === 206;
    if (isRest && !response.headers.get('content-range')?.startsWith(`bytes ${have}-`)) {
      await response.body?.cancel();
      await rm(`${part}.json`, { force: true });
      throw new Error(`${source.url}: another part came than was asked for`);
    }
    const total = Number(response.headers.get('content-length') ?? 0) + (isRest ? have : 0);
    const mark = response.headers.get('etag') ?? response.headers.get('last-modified');
    await requireRoom(part, Math.max(total, source.sizeBytes ?? 0) - (isRest ? have : 0));
    await writeFile(`${part}.json`, JSON.stringify({ mark }));
    let done = isRest ? have : 0;
    const count = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        watch.refresh();
        done += chunk.length;
        options.onProgress({ step: `download ${source.fileName}`, done, ...(total > 0 ? { total } : {}) });
        yield chunk;
      }
    };
    const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
    await pipeline(body, count, createWriteStream(part, { flags: isRest ? 'a' : 'w' }), { signal });
    if (total > 0 && done < total) throw new Error(`${source.url}: the connection ended early`);
  } finally {
    clearInterval(watch);
  }
}

/** "Nothing after that" means whole only when the file ends where ours does; else it is fetched from the start. */
async function checkWholeAlready(response: Response, part: string, have: number): Promise<void> {
  await response.body?.cancel();
  if (response.headers.get('content-range') === `bytes */${have}`) return;
  await rm(`${part}.json`, { force: true });
  throw new Error(`${response.url}: the file is shorter than what is here of it`);
}

const SPARE_BYTES = 50_000_000;

/** Better now than after an hour. */
async function requireRoom(part: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(part));
  if (bavail * bsize >= bytes + SPARE_BYTES) return;
  const mega = (size: number) => `${Math.ceil(size / 1e6).toLocaleString('en-US')} MB`;
  throw new Refused(
    `Not enough room for the download: ${mega(bytes)} are needed and ${mega(bavail * bsize)} are free`,
  );
}

async function refuse(url: string, response: Response): Promise<never> {
  await response.body?.cancel();
  const message = `${url} answered ${response.status} ${response.statusText}`.trim();
  const mayPass = response.status === 408 || response.status === 429 || response.status >= 500;
  throw mayPass ? new Error(message) : new Refused(message);
}

async function readMark(part: string): Promise<string | null> {
  try {
    const { mark } = JSON.parse(await readFile(`${part}.json`, 'utf8')) as { mark?: unknown };
    // A weak mark may stand for other bytes: then the whole file is fetched again.
    return typeof mark === 'string' && !mark.startsWith('W/') ? mark : null;
  } catch {
    return null;
  }
}

/** A file that is not what was published goes away, so that the next try starts afresh. */
async function check(source: Download, part: string, options: DownloadOptions): Promise<void> {
  const { size } = await stat(part);
  let problem: string | null = null;
  if (source.sizeBytes !== undefined && size !== source.sizeBytes)
    problem = `has ${size} bytes instead of ${source.sizeBytes}`;
  else if (source.fileName.endsWith('.zip') && !(await isZip(part)))
    problem = 'is no zip archive (a page of a network that wants you to sign in?)';
  else if (source.md5Url) {
    const wanted = await publishedMd5(source.md5Url, options.signal);
    if (wanted !== null && (await md5Of(part)) !== wanted) problem = 'does not match its published checksum';
  }
  if (problem === null) return;
  await rm(part, { force: true });
  await rm(`${part}.json`, { force: true });
  throw new Error(`${source.fileName} ${problem}; it was removed, run setup again to fetch it anew`);
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'PK\u0003\u0004';
  } finally {
    await file.close();
  }
}

async function publishedMd5(url: string, signal: AbortSignal): Promise<string | null> {
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: the download cannot be checked`);
  return /\b[0-9a-f]{32}\b/i.exec(await response.text())?.[0].toLowerCase() ?? null;
}

async function md5Of(path: string): Promise<string> {
  const hash = createHash('md5');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
