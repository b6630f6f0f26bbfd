import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import { UsageError } from './errors.ts';
import { createChatModels } from './llm/registry.ts';
import { createLogger, type Logger } from './logger.ts';
import { renewSnapshot } from './services/buildSnapshot.ts';
import { startHousekeeping } from './services/housekeeping.ts';
import { LibraryHolder, type Active } from './services/library.ts';
import { modelAccessOpener } from './services/modelAccess.ts';
import { Photographs } from './services/photographs/photographs.ts';
import { RunDesk } from './services/runDesk.ts';
import { readSecret } from './store/secret.ts';
import { openStore, type Store } from './store/database.ts';
import { createTmdb } from './tmdb/tmdb.ts';
import type { WebContext } from './web/context.ts';

export interface App {
  context: WebContext;
  store: Store;
  /** Binds the address. @throws UsageError when it is taken or not allowed */
  listen(): Promise<{ url: string }>;
  /** Ends streams and model work, waits for open requests, closes the database. */
  close(): Promise<void>;
}

/** How long open requests may take to finish at shutdown. */
const DRAIN_MS = 8000;

/** How often connections that have become idle are closed meanwhile. */
const SWEEP_MS = 50;

/** Everything below the web: what a server and a command both need. */
export interface Core {
  context: WebContext;
  store: Store;
  /** Ends model work and closes the database. */
  close(): Promise<void>;
}

/** The composition root: wires everything, and nothing else does. */
export async function createCore(
  config: Config,
  overrides: { logger?: Logger; store?: Store } = {},
): Promise<Core> {
  const logger = overrides.logger ?? createLogger(config.logLevel);
  const store = overrides.store ?? (await openStore(config));
  const library = new LibraryHolder({
    dataDir: config.dataDir,
    readActive: async () => (await store.settings.get('active')) as Active | null,
    onSwap: ({ active }) => logger.info({ active }, 'catalogue and model loaded'),
    onProblem: (error) =>
      logger.error({ err: error }, 'the new catalogue or model could not be loaded; the old one stays'),
  });
  const chatModels = createChatModels(config.chatModels, config.roles, { logger });
  const openModelAccess = modelAccessOpener({ chatModels, store, config, logger });
  const runs = new RunDesk({ store, library, openModelAccess, logger });
  const photographs = new Photographs({
    dataDir: config.dataDir,
    connect: (signal) => createTmdb(config.tmdb, { signal }),
    logger,
  });
  const secret = config.sessionSecret ?? (await readSecret(config.dataDir));
  const core: Core = {
    context: { config, store, secret, library, chatModels, runs, photographs, logger },
    store,
    async close() {
      library.stop();
      photographs.close();
      await runs.close();
      await store.close();
    },
  };
  try {
    if (await renewSnapshot({ store, dataDir: config.dataDir })) logger.info('the indexes were built anew');
    await library.refresh();
  } catch (error) {
    await core.close();
    throw error;
  }
  return core;
}

/** The whole site. The web layer is loaded here, so that a command without a server does not wait for it. */
export async function createApp(
  config: Config,
  overrides: { logger?: Logger; store?: Store } = {},
): Promise<App> {
  const [core, { createServer }] = await Promise.all([
    createCore(config, overrides),
    import('./web/server.ts'),
  ]);
  await core.context.photographs.refresh();
  const server = createHttpServer(
    { connectionsCheckingInterval: CHECK_CLIENTS_MS },
    createServer(core.context),
  );
  limitSlowClients(server);
  const endHousekeeping = startHousekeeping(core.store, core.context.logger);
  return {
    context: core.context,
    store: core.store,
    async listen() {
      const address = await listen(server, config);
      // The first prompt must not wait for a provider's SDK to load; one that cannot be loaded is told when it is asked.
      core.context.chatModels.warmUp().catch(() => undefined);
      return address;
    },
    async close() {
      endHousekeeping();
      core.context.library.stop();
      core.context.photographs.close();
      await core.context.runs.close();
      await closeServer(server);
      await core.store.close();
    },
  };
}

/** Finds out that an address is taken before anything is set up or loaded for it. @throws UsageError as `listen` does */
export async function checkAddress(config: Config): Promise<void> {
  if (config.port === 0) return;
  const server = createHttpServer();
  await listen(server, config);
  await closeServer(server);
}

/** How often slow clients are looked for. */
const CHECK_CLIENTS_MS = 5000;

/** A client that trickles its headers or body is cut off; event streams are written by us and not affected. */
function limitSlowClients(server: Server): void {
  server.headersTimeout = 15_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 10_000;
  server.maxConnections = 2000;
}

function listen(server: Server, config: Config): Promise<{ url: string }> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const where = `${config.host}:${config.port}`;
      if (error.code === 'EADDRINUSE')
        reject(new UsageError(`Port ${config.port} is in use (${where}): set PORT to another`));
      else if (error.code === 'EACCES')
        reject(new UsageError(`Setting "port": no permission to listen on ${where}`));
      else if (error.code === 'EADDRNOTAVAIL' || error.syscall === 'getaddrinfo')
        reject(new UsageError(`Setting "host": ${config.host} is not an address of this machine`));
      else reject(error);
    });
    server.listen(config.port, config.host, () => {
      const { port } = server.address() as AddressInfo;
      const host = config.host === '127.0.0.1' || config.host === '0.0.0.0' ? 'localhost' : config.host;
      resolve({ url: `http://${host.includes(':') ? `[${host}]` : host}:${port}` });
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    // Node closes those that are idle now; one that is answered later would be kept alive for the next request.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    server.close(() => {
      clearTimeout(force);
      clearInterval(sweep);
      resolve();
    });
  });
}
