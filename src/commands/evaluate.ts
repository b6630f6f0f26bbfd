import type { Command } from 'commander';
import { asFlags } from './asFlags.ts';
import { DATA_DIR, JSON_OUTPUT, type CommandContext, type CommonOptions } from './context.ts';
import { runShown } from './runShown.ts';

/** `marquee evaluate …`: measures the recommender. The work is done by `training/evaluate.ts` in a child process. */
export function registerEvaluate(program: Command, context: CommandContext): void {
  const evaluate = program.command('evaluate').description('Measure the recommender');
  const verb = (name: string, description: string) =>
    evaluate
      .command(name)
      .description(description)
      .option(...DATA_DIR)
      .option(...JSON_OUTPUT)
      .action(async (options: CommonOptions & Record<string, string | boolean | undefined>) => {
        const { json, dataDir, ...rest } = options;
        const config = context.loadConfig(dataDir ? { dataDir } : {});
        const { result, exitCode } = await runShown<{ text: string }>(
          'training/evaluate.ts',
          [name, '--data-dir', config.dataDir, ...asFlags(rest)],
          { config, progress: context.err, err: context.err },
        );
        if (result) {
          const { text, ...answer } = result;
          context.out.write(json ? `${JSON.stringify(answer)}\n` : `${text}\n`);
        }
        context.finish(exitCode);
      });

  verb('ratings', 'Protocols A–D over a set of ratings')
    .requiredOption('--protocol <letter>', 'A, B, C or D')
    .requiredOption('--data <path>', 'folder or file with the ratings, plain, .gz or .zip')
    .option('--report <file>', 'also write an HTML report');
  verb('search-task', 'Prompts with known targets through recommender, text fit and a chat model')
    .requiredOption('--tasks <file>', 'JSON lines {id, prompt, ratings?, target}')
    .option('--chat-model <id>', 'also score by this language model')
    .option('--generate <n>', 'make this many tasks with the chat model first')
    .option('--out <file>', 'per-task answers; a stopped run goes on from there');
  verb('understanding', 'How well prompts are read: ratings, missed and invented titles')
    .requiredOption('--tasks <file>', 'JSON lines {id, prompt, opinions}')
    .option('--chat-model <id>', 'read by this language model instead of the local reader');
}
