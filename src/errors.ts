/**
 * The one error type that may reach a person. `message` is safe to show; `code` is stable and part of the contract;
 * anything thrown that is not an AppError becomes a plain 500 with a request id.
 */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  /** Field errors: where in the input and what is wrong there. */
  readonly errors: FieldError[];
  /** Seconds after which trying again makes sense (429, 503). */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: string,
    status: number,
    message: string,
    options: { cause?: unknown; errors?: FieldError[]; retryAfterSeconds?: number } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = status;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

export interface FieldError {
  /** Dotted path in the input, such as `filters.yearFrom` or `ratings.0.rating`. */
  path: string;
  message: string;
}

export const badInput = (message: string, errors: FieldError[] = []) =>
  new AppError('bad_input', 400, message, { errors });
export const notSignedIn = (message = 'Sign in to do that.') => new AppError('not_signed_in', 401, message);
export const forbidden = (message: string, code = 'forbidden') => new AppError(code, 403, message);
export const notFound = (message = 'There is nothing here.') => new AppError('not_found', 404, message);
export const conflict = (message: string, code = 'conflict') => new AppError(code, 409, message);
export const notReady = (message: string) =>
  new AppError('not_ready', 503, message, { retryAfterSeconds: 5 });

/** A wrong call of the command line or a wrong setting: one line on stderr and exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}
