import { badInput, conflict, notFound } from '../../errors.ts';
import type { Store } from '../../store/database.ts';
import type { ApiToken } from '../../store/repositories/apiTokens.ts';
import type { User } from '../../store/repositories/users.ts';

const MAX_NAME_LENGTH = 60;
const MAX_TOKENS = 20;

/**
 * A personal token for the API. The token itself is in this answer and never shown again.
 * @throws AppError bad_input (400) for the name, too_many_tokens (409).
 */
export async function createApiToken(
  store: Store,
  userId: number,
  name: string,
): Promise<{ token: string; row: ApiToken }> {
  const label = name.normalize('NFC').trim();
  const wrong = (message: string) => badInput(message, [{ path: 'name', message }]);
  if (label === '') throw wrong('Give the token a name.');
  if ([...label].length > MAX_NAME_LENGTH) throw wrong('At most 60 characters.');
  if (/[\p{Cc}\p{Surrogate}]/u.test(label)) throw wrong('This contains characters that cannot be read.');
  return store.write(async () => {
    if ((await store.apiTokens.list(userId)).length >= MAX_TOKENS)
      throw conflict('You have 20 tokens. Remove one first.', 'too_many_tokens');
    return store.apiTokens.create(userId, label);
  });
}

export const listApiTokens = (store: Store, userId: number): Promise<ApiToken[]> =>
  store.apiTokens.list(userId);

/** @throws AppError not_found (404), also for somebody else's token. */
export async function removeApiToken(store: Store, userId: number, tokenId: number): Promise<void> {
  if (!(await store.apiTokens.remove(userId, tokenId))) throw notFound('There is no such token.');
}

/** Whose `Authorization: Bearer` token it is; null when it is nobody's. */
export const authenticateToken = (store: Store, token: string): Promise<User | null> =>
  store.apiTokens.findUserByToken(token);
