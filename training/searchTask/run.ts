import type { OnProgress } from '../../datasets/support/progress.ts';
import { openAnswers } from './answersFile.ts';
import { openTaskRunner } from './answerTask.ts';
import { generateTasks } from './generateTasks.ts';
import { chooseMethods } from './methods.ts';
import { readOptions, withCore, type EvaluateOptions } from './options.ts';
import { reportAnswers, type Answered, type SearchTaskReport } from './report.ts';
import { readSearchTasks } from './tasks.ts';

/** `evaluate search-task`: prompts with known targets through the very use case the site runs. */
export const searchTask = (given: string[], report: OnProgress): Promise<SearchTaskReport> =>
  evaluateSearchTask(readOptions(given), report);

/**
 * Runs every task through recommender only, text fit and a named chat model. What is read is what the site would read: the
 * local reader for text fit, the chat model for itself.
 */
export async function evaluateSearchTask(
  options: EvaluateOptions,
  report: OnProgress,
): Promise<SearchTaskReport> {
  return withCore(options, async (core, library, config) => {
    if (options.generate !== undefined)
      await generateTasks({
        path: options.tasks,
        count: options.generate,
        model: core.context.chatModels.get(options.chatModel!)!,
        library,
        dataDir: config.dataDir,
        report,
      });
    const tasks = await readSearchTasks(options.tasks);
    const methods = chooseMethods(options.chatModel, options.importances);
    const runner = openTaskRunner(core, config, library);
    const kept = await openAnswers(options.out, library.active);
    const answered: Answered[] = [];
    const startedAt = performance.now();
    const total = tasks.length * methods.length;
    for (const task of tasks)
      for (const method of methods) {
        let answer = kept.get(task, method);
        if (!answer) {
          answer = await runner.answer(task, method);
          await kept.keep(task, method, answer);
        }
        answered.push({ task, method, answer });
        report({ step: 'search tasks', done: answered.length, total });
      }
    report({ step: 'search tasks', done: total, total, ms: Math.round(performance.now() - startedAt) });
    return reportAnswers(answered, methods);
  });
}
