import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A server that speaks the part of TMDB's protocol that Marquee uses, at TMDB's real paths (`/3/find/…`, `/t/p/w500/…`),
 * and misbehaves on demand. Any v3 key of 32 hexadecimal digits and any token with dots is taken, but `REFUSED`.
 */
export const V3_KEY = 'feedfacefeedfacefeedfacefeedface';
export const V4_TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJ0ZXN0In0.c2lnbmF0dXJl';
export const REFUSED = '00000000000000000000000000000000';

export const FAULTS = [
  'rate_limited', 'rate_limited_long', 'server_error', 'hang', 'hang_mid_body', 'cut', 'wrong_type', 'huge', 'html', 'redirect',
  'garbage', 'wrong_shape',
] as const; // prettier-ignore
export type Fault = (typeof FAULTS)[number];

export interface ScriptedTitle {
  id: number;
  kind: 'movie' | 'tv';
  imdbId?: string;
  /** `2026-03-01`. */
  date: string;
  votes?: number;
  /** What `/movie/{id}` or `/tv/{id}` says beside that. */
  details?: Record<string, unknown>;
  posters?: { file_path: string; iso_639_1: string | null; vote_average: number; vote_count: number }[];
  /** Names of subscriptions by region. */
  providers?: Record<string, string[]>;
}

export interface ScriptedTmdb {
  url: string;
  /** Every request as path and query, the key left out. */
  requests: string[];
  /** Of those, the ones whose path holds the text. */
  asked(part: string): string[];
  titles: ScriptedTitle[];
  /** Applied to requests whose path holds `on`, `times` times. */
  fault: { kind: Fault; on: string; times: number } | null;
  authorizations: (string | undefined)[];
  close(): Promise<void>;
}

/** The smallest picture that is one by its first bytes, with its path inside so that tests can tell pictures apart. */
export const jpegOf = (path: string): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(path)]);

const PAGE_SIZE = 20;

export async function startScriptedTmdb(titles: ScriptedTitle[] = []): Promise<ScriptedTmdb> {
  const state: ScriptedTmdb = {
    url: '',
    requests: [],
    asked: (part) => state.requests.filter((request) => request.includes(part)),
    titles,
    fault: null,
    authorizations: [],
    close: () => closeServer(server),
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://tmdb.test');
    const isImage = url.pathname.startsWith('/t/p/');
    const key = url.searchParams.get('api_key');
    url.searchParams.delete('api_key');
    state.requests.push(`${url.pathname}${url.search}`);
    state.authorizations.push(request.headers.authorization ?? key ?? undefined);
    const { fault } = state;
    if (fault && fault.times > 0 && url.pathname.includes(fault.on)) {
      fault.times--;
      return misbehave(fault.kind, response);
    }
    if (isImage) return sendImage(state.titles, url.pathname, response);
    const isAllowed =
      request.headers.authorization === `Bearer ${V4_TOKEN}` || /^[0-9a-f]{32}$/.test(key ?? '');
    if (!isAllowed || key === REFUSED)
      return sendJson(response, { status_code: 7, status_message: 'Invalid API key' }, 401);
    const answer = answerTo(state.titles, url);
    if (answer === null) sendJson(response, { status_code: 34, status_message: 'not found' }, 404);
    else sendJson(response, answer);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return state;
}

function answerTo(titles: ScriptedTitle[], { pathname, searchParams }: URL): unknown {
  const [, version, what, ...rest] = pathname.split('/');
  if (version !== '3') return null;
  if (what === 'find') {
    const found = searchParams.get('external_source') === 'imdb_id' ? titles.filter(({ imdbId }) => imdbId === rest[0]) : []; // prettier-ignore
    const listed = (kind: string) =>
      found.filter((title) => title.kind === kind).map(({ id, posters }) => ({ id, poster_path: posters?.[0]?.file_path ?? null })); // prettier-ignore
    return { movie_results: listed('movie'), tv_results: listed('tv'), person_results: [] };
  }
  if (what === 'discover') return discover(titles, rest[0]!, searchParams);
  const title = titles.find(({ id, kind }) => kind === what && String(id) === rest[0]);
  if (!title) return null;
  if (rest[1] === 'images') return { id: title.id, posters: title.posters ?? [], backdrops: [] };
  if (rest[1] === 'watch') return { id: title.id, results: providersOf(title) };
  return rest[1] === undefined ? detailsOf(title) : null;
}

function discover(titles: ScriptedTitle[], kind: string, query: URLSearchParams): unknown {
  const date = kind === 'movie' ? 'primary_release_date' : 'first_air_date';
  const found = titles.filter(
    (title) =>
      title.kind === kind &&
      title.date >= (query.get(`${date}.gte`) ?? '') &&
      title.date <= (query.get(`${date}.lte`) ?? '9') &&
      (title.votes ?? 0) >= Number(query.get('vote_count.gte') ?? 0),
  );
  const page = Number(query.get('page') ?? 1);
  return {
    page,
    results: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map(({ id }) => ({ id })),
    total_pages: Math.ceil(found.length / PAGE_SIZE),
    total_results: found.length,
  };
}

const providersOf = ({ providers = {} }: ScriptedTitle) =>
  Object.fromEntries(
    Object.entries(providers).map(([region, names]) => [
      region,
      { flatrate: names.map((name) => ({ provider_name: name })) },
    ]),
  );

const detailsOf = (title: ScriptedTitle) => ({
  id: title.id,
  [title.kind === 'movie' ? 'title' : 'name']: `Title ${title.id}`,
  [title.kind === 'movie' ? 'release_date' : 'first_air_date']: title.date,
  vote_count: title.votes ?? 0,
  poster_path: title.posters?.[0]?.file_path ?? null,
  external_ids: { imdb_id: title.imdbId ?? null },
  'watch/providers': { results: providersOf(title) },
  ...title.details,
});

function sendImage(titles: ScriptedTitle[], path: string, response: ServerResponse): void {
  const file = path.replace('/t/p/w500', '');
  const isThere = titles.some(({ posters }) => posters?.some((poster) => poster.file_path === file));
  if (!isThere) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'image/jpeg' }).end(jpegOf(file));
}

function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' }).end(JSON.stringify(body));
}

const HUGE_BYTES = 6_000_000;

function misbehave(fault: Fault, response: ServerResponse): void {
  const page = '<!doctype html><title>Welcome to the hotel</title>';
  if (fault === 'rate_limited') response.writeHead(429, { 'retry-after': '1' }).end();
  else if (fault === 'rate_limited_long') response.writeHead(429, { 'retry-after': '600' }).end();
  else if (fault === 'server_error') response.writeHead(500).end('{"status_message":"oops"}');
  else if (fault === 'hang_mid_body') response.writeHead(200, { 'content-length': '5000' }).write('{"id":');
  else if (fault === 'cut') response.writeHead(200, { 'content-length': '5000' }).write('{"id":', () => response.destroy()); // prettier-ignore
  else if (fault === 'wrong_type') response.writeHead(200, { 'content-type': 'application/pdf' }).end(jpegOf('/x')); // prettier-ignore
  else if (fault === 'huge') response.writeHead(200, { 'content-type': 'image/jpeg' }).end(Buffer.concat([jpegOf('/x'), Buffer.alloc(HUGE_BYTES)])); // prettier-ignore
  else if (fault === 'html') response.writeHead(200, { 'content-type': 'image/jpeg' }).end(page);
  else if (fault === 'redirect') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
  else if (fault === 'garbage') response.writeHead(200, { 'content-type': 'application/json' }).end('{"id": 1,');
  else if (fault === 'wrong_shape') sendJson(response, { results: 'none', movie_results: 7, posters: {}, id: 'x' }); // prettier-ignore
  // 'hang': nothing is ever answered
}

function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
