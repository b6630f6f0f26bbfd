import type { Command } from 'commander';
import { createLogger } from '../logger.ts';
import { DATA_DIR, JSON_OUTPUT, type CommandContext, type CommonOptions } from './context.ts';

/** `marquee models`: asks each configured chat model one small question and says in a line what is wrong. */
export function registerModels(program: Command, context: CommandContext): void {
  program
    .command('models')
    .description('Check each configured language model: reachable, JSON works, speed')
    .option(...DATA_DIR)
    .option(...JSON_OUTPUT)
    .action(async (options: CommonOptions) => {
      const config = context.loadConfig(options);
      const checks = await checkAll(config);
      if (options.json) context.out.write(`${JSON.stringify({ models: checks })}\n`);
      else if (checks.length === 0)
        context.out.write('No language model is configured: see config.example.json.\n');
      else for (const check of checks) context.out.write(`${describe(check)}\n`);
      if (checks.some(({ isUsable }) => !isUsable)) context.finish(1);
    });
}

async function checkAll(config: ReturnType<CommandContext['loadConfig']>) {
  const { checkChatModel, createChatModels } = await import('../llm/registry.ts');
  const models = createChatModels(config.chatModels, config.roles, { logger: createLogger('error') });
  // Loading an SDK is no part of a model's speed.
  await models.warmUp();
  const recommended = models.list()[0]?.id;
  return Promise.all(
    models.all().map(async ({ facts, missing }) => {
      const model = models.get(facts.id);
      const check = model
        ? await checkChatModel(model)
        : { isUsable: false, isReachable: false, isJsonRight: false, problem: missing ?? 'not usable' };
      const { id, label, isLocal } = facts;
      return { id, label, isLocal, isRecommended: id === recommended, ...check };
    }),
  );
}

function describe(check: Awaited<ReturnType<typeof checkAll>>[number]): string {
  const name = `${check.id} (${check.label})`.padEnd(44);
  if (!check.isUsable) return `${name} ${check.problem ?? 'does not work'}`;
  const notes = [check.isRecommended ? 'recommended' : '', check.isLocal ? 'local' : ''].filter(Boolean);
  const marks = notes.length > 0 ? ` (${notes.join(', ')})` : '';
  return `${name} works${marks}: first word after ${check.firstMs} ms, whole answer ${check.ms} ms, ${check.tokensPerSecond} tokens/s`;
}
