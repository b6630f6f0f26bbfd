import { pino, stdSerializers, type DestinationStream, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/**
 * Structured logs, one JSON line each (so a line break in a name cannot forge a line), on stderr so that stdout stays
 * for what a command prints. Secrets are cut out by path.
 */
export function createLogger(level: string, destination: DestinationStream = standardError()): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: { err: withoutValues },
      redact: {
        paths: [
          'req.headers.authorization',
          'req.headers.cookie',
          'req.headers["x-csrf-token"]',
          'res.headers["set-cookie"]',
          '*.password',
          '*.apiKey',
          '*.token',
        ],
        censor: '[cut]',
      },
    },
    destination,
  );
}

const standardError = (): DestinationStream => pino.destination({ dest: 2, sync: false });

/** What went wrong and where. A database's error also carries its statement with the values in it, prompts among them. */
function withoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = stdSerializers.errWithCause(error);
  const { code } = error as { code?: unknown };
  return { type, message, stack, ...(code === undefined ? {} : { code }) };
}
