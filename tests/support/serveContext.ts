import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import type { WebContext } from '../../src/web/context.ts';
import { createServer } from '../../src/web/server.ts';

/** The web layer alone on a port of its own, over a context in which a test replaced a part. */
export async function serveContext(
  context: WebContext,
  change: (app: Express) => void = () => {},
): Promise<{ url: string; close(): Promise<void> }> {
  const app = createServer(context);
  change(app);
  const server = createHttpServer(app).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
