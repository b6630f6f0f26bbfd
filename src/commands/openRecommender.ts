import type { Config } from '../config.ts';
import type { Profile } from '../domain.ts';
import { badInput, UsageError } from '../errors.ts';
import { createCore } from '../app.ts';
import { createLogger } from '../logger.ts';
import { parseInput } from '../contract/parseInput.ts';
import { presentAnswer } from '../contract/presentAnswer.ts';
import { presentProblem, toAppError } from '../contract/problem.ts';
import { recommendationBody, toRequest } from '../contract/schemas.ts';

export type Answer = ReturnType<typeof presentAnswer>;

/** Answers API requests without a server: the same validation, the same use case, the same shape. */
export interface Recommender {
  /** @throws AppError 400 */
  answer(body: unknown): Promise<Answer>;
  /** One line of a batch: never throws for bad input. */
  answerLine(text: string, line: number): Promise<{ answer: object; isRefused: boolean }>;
  close(): Promise<void>;
}

/**
 * Opens the data directory, also while a server uses it.
 * @param userName whose ratings count; none = nobody's
 */
export async function openRecommender(config: Config, userName?: string): Promise<Recommender> {
  const core = await createCore(config, { logger: createLogger('error') });
  const library = core.context.library.current;
  if (!library) {
    await core.close();
    throw new UsageError(
      `There is no catalogue in ${config.dataDir} yet: run \`marquee setup --dataset starter\``,
    );
  }
  const user = userName === undefined ? null : await core.store.users.findByName(userName);
  if (userName !== undefined && !user) {
    await core.close();
    throw new UsageError(`--user: there is no account "${userName}"`);
  }
  const profile = user ? await profileOf(user.userId) : { ratings: [], hidden: [], watchlist: [] };

  async function profileOf(userId: number): Promise<Profile> {
    const { accountProfile } = await import('../services/profile/accountProfile.ts');
    return accountProfile(core.store, userId).read();
  }

  async function answer(body: unknown): Promise<Answer> {
    const parsed = parseInput(recommendationBody, body);
    if (parsed.chatModel && parsed.chatModel !== 'none' && !core.context.chatModels.get(parsed.chatModel))
      throw badInput(`There is no chat model "${parsed.chatModel}".`, [
        { path: 'chatModel', message: 'unknown id' },
      ]);
    const asker = {
      userId: user?.userId ?? null,
      visitorId: null,
      profile,
      accountName: user?.name ?? null,
      allowedModels: user?.preferences.allowedModels ?? 'any',
    };
    const run = await core.context.runs.start('recommendations', toRequest(parsed, user !== null), asker, {
      wait: true,
    });
    return presentAnswer(run, library!, config.publicUrl);
  }

  return {
    answer,
    async answerLine(text, line) {
      let id: unknown = null;
      try {
        const body = parseLine(text);
        id = body['id'] ?? null;
        return { answer: { id, ...(await answer(body)) }, isRefused: false };
      } catch (error) {
        const problem = toAppError(error);
        if (problem.code === 'internal') throw error;
        return { answer: { id, line, error: presentProblem(problem) }, isRefused: true };
      }
    },
    close: () => core.close(),
  };
}

function parseLine(text: string): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw badInput(`This line is not JSON: ${(error as Error).message}`);
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badInput('A line must hold one object.');
  return body as Record<string, unknown>;
}
