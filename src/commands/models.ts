import type { Command } from 'commander';
import { createLogger } from '../logger.ts';
import type { CommandContext, CommonOptions } from './context.ts';

/** `marquee models`: asks each configured chat model one small question and says in a line what is wrong. */
export function registerModels(program: Command, context: CommandContext): void {
  program
    .command('models')
    .description('Check each configured language model: reachable, JSON works, speed')
    .option('--data-dir <folder>', 'where the state lives')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: CommonOptions) => {
      const { checkChatModel, createChatModels } = await import('../llm/registry.ts');
      const config = context.loadConfig(options);
      const registry = createChatModels(config.chatModels, config.roles, { logger: createLogger('error') });
      const checks = [];
      for (const { id, label } of config.chatModels) {
        const model = registry.get(id);
        checks.push(
          model
            ? { id, label, ...(await checkChatModel(model)) }
            : { id, label, isUsable: false, problem: 'no API key (set apiKey or apiKeyEnv)' },
        );
      }
      if (options.json) context.out.write(`${JSON.stringify({ models: checks })}\n`);
      else if (checks.length === 0)
        context.out.write('No language model is configured: see config.example.json.\n');
      else for (const check of checks) context.out.write(`${describe(check)}\n`);
      if (checks.some((check) => !check.isUsable)) context.finish(1);
    });
}

function describe(check: {
  id: string;
  label: string;
  isUsable: boolean;
  problem?: string;
  ms?: number;
}): string {
  const name = `${check.id} (${check.label})`.padEnd(40);
  return check.isUsable ? `${name} works, ${check.ms} ms` : `${name} ${check.problem ?? 'does not work'}`;
}
