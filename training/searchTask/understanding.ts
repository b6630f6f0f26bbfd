import type { OnProgress } from '../../datasets/support/progress.ts';
import type { Core } from '../../src/app.ts';
import type { Config } from '../../src/config.ts';
import { parseInput } from '../../src/contract/parseInput.ts';
import { recommendationBody, toRequest } from '../../src/contract/schemas.ts';
import type { Degraded, Understanding, Usage } from '../../src/domain.ts';
import { startDeadline } from '../../src/llm/deadline.ts';
import type { Library } from '../../src/services/library.ts';
import { modelAccessOpener } from '../../src/services/modelAccess.ts';
import { readPrompt } from '../../src/services/recommend/readPrompt.ts';
import { startRun } from '../../src/services/recommend/runs.ts';
import { NOBODY } from './answerTask.ts';
import { compareReading, type ReadingResult } from './compareReading.ts';
import { readOptions, withCore, type EvaluateOptions } from './options.ts';
import { readReadingTasks } from './tasks.ts';

export interface ReadingReport {
  text: string;
  overall: ReturnType<typeof sumUp>;
  /** Only the tasks that were not read perfectly. */
  mistakes: ({ id: string } & Pick<ReadingResult, 'missed' | 'invented' | 'otherVersion'>)[];
}

/** `evaluate understanding`: how well prompts are read. */
export const understanding = (given: string[], report: OnProgress): Promise<ReadingReport> =>
  evaluateUnderstanding(readOptions(given), report);

/** Reads every prompt as the site would, by the local reader or by a named chat model, and compares with what stands in it. */
export async function evaluateUnderstanding(
  options: EvaluateOptions,
  report: OnProgress,
): Promise<ReadingReport> {
  return withCore(options, async (core, library, config) => {
    const tasks = await readReadingTasks(options.tasks);
    const read = openReader(core, config, library, options.chatModel ?? 'none');
    const results: (ReadingResult & Read & { id: string })[] = [];
    const startedAt = performance.now();
    for (const { id, prompt, opinions } of tasks) {
      const reading = await read(prompt);
      results.push({ id, ...reading, ...compareReading(opinions, reading.understood, library.catalogue) });
      report({ step: 'prompts', done: results.length, total: tasks.length });
    }
    const ms = Math.round(performance.now() - startedAt);
    report({ step: 'prompts', done: tasks.length, total: tasks.length, ms });
    const overall = sumUp(options.chatModel ?? 'local reader', results, ms / 1000);
    const mistakes = results
      .filter((one) => one.missed.length + one.invented.length + one.otherVersion.length > 0)
      .map(({ id, missed, invented, otherVersion }) => ({ id, missed, invented, otherVersion }));
    return { text: describe(overall), overall, mistakes };
  });
}

interface Read {
  understood: Understanding;
  degraded?: Degraded;
  usage: Usage;
}

function openReader(
  core: Core,
  config: Config,
  library: Library,
  chatModel: string,
): (prompt: string) => Promise<Read> {
  const { chatModels, logger } = core.context;
  const openModelAccess = modelAccessOpener({ chatModels, store: core.store, config, logger });
  return async (prompt) => {
    const request = toRequest(parseInput(recommendationBody, { prompt, chatModel }), false);
    const run = startRun('recommendations', request, NOBODY);
    const { access, timeoutMs } = await openModelAccess(run, NOBODY);
    const deadline = startDeadline(timeoutMs, new AbortController().signal);
    try {
      return {
        ...(await readPrompt(prompt, { library, asker: NOBODY, access, deadline })),
        usage: run.usage,
      };
    } finally {
      deadline.end();
    }
  };
}

function sumUp(reader: string, results: readonly (ReadingResult & Read)[], seconds: number) {
  const sum = (of: (one: ReadingResult & Read) => number) =>
    results.reduce((total, one) => total + of(one), 0);
  const told = sum((one) => one.told);
  const found = sum((one) => one.found);
  const otherVersion = sum((one) => one.otherVersion.length);
  const missed = sum((one) => one.missed.length);
  const invented = sum((one) => one.invented.length);
  const errors = results.flatMap(({ ratingErrors }) => ratingErrors);
  const recognised = found + otherVersion;
  return {
    reader,
    tasks: results.length,
    told,
    found,
    /** The right name, another film of that name. */
    otherVersion,
    missed,
    /** Of the missed: shown to the person as not found. */
    missedButReported: sum((one) => one.missedButReported),
    invented,
    /** Told titles that the catalogue does not hold: they count neither way. */
    notInCatalogue: sum((one) => one.notInCatalogue),
    recall: told === 0 ? null : recognised / told,
    precision: recognised + invented === 0 ? null : recognised / (recognised + invented),
    meanRatingError:
      errors.length === 0
        ? null
        : errors.reduce((total, error) => total + Math.abs(error), 0) / errors.length,
    /** A like read as a dislike, or the other way round. */
    turnedRound: sum((one) => one.turnedRound),
    perfectlyRead: results.filter(
      (one) => one.missed.length + one.invented.length + one.otherVersion.length === 0,
    ).length,
    readByFallback: results.filter(({ degraded }) => degraded).length,
    usage: {
      calls: sum(({ usage }) => usage.calls),
      promptTokens: sum(({ usage }) => usage.promptTokens),
      completionTokens: sum(({ usage }) => usage.completionTokens),
      ...(results.some(({ usage }) => usage.costUsd !== undefined)
        ? { costUsd: sum(({ usage }) => usage.costUsd ?? 0) }
        : {}),
      seconds,
    },
  };
}

function describe(overall: ReturnType<typeof sumUp>): string {
  const fraction = (value: number | null) => (value === null ? '–' : value.toFixed(5));
  return [
    `${overall.tasks} prompts read by ${overall.reader} in ${overall.usage.seconds.toFixed(1)} s, ${overall.told} titles told`,
    `found ${overall.found}, another film of the name ${overall.otherVersion}, missed ${overall.missed} (${overall.missedButReported} of them reported), invented ${overall.invented}`,
    `recall ${fraction(overall.recall)}  precision ${fraction(overall.precision)}  mean rating error ${fraction(overall.meanRatingError)}  turned round ${overall.turnedRound}`,
    `read without a mistake about titles: ${overall.perfectlyRead} of ${overall.tasks}`,
    ...(overall.readByFallback > 0
      ? [`read by the local reader because the model failed: ${overall.readByFallback}`]
      : []),
  ].join('\n');
}
