import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import type { Active } from '../../src/services/library.ts';
import { type TaskAnswer } from './answerTask.ts';
import type { Method } from './methods.ts';
import type { SearchTask } from './tasks.ts';

/** Answers kept as JSON lines while a run goes on, so that a stopped one goes on from there. */
export interface KeptAnswers {
  get(task: SearchTask, method: Method): TaskAnswer | undefined;
  keep(task: SearchTask, method: Method, answer: TaskAnswer): Promise<void>;
}

/** Failures of a provider: worth asking again when a stopped run goes on. */
const ASKED_AGAIN = new Set(['timeout', 'unreachable', 'rate_limited', 'budget', 'circuit_open']);

/**
 * @param path absent: in memory only
 * @param active catalogue and model: answers made with others do not count
 */
export async function openAnswers(path: string | undefined, active: Active): Promise<KeptAnswers> {
  const kept = new Map<string, TaskAnswer>();
  const text = path === undefined ? '' : await readOrEmpty(path);
  for (const line of text.split('\n')) {
    const { key, ...answer } = parse(line);
    if (key && !(answer.degraded && ASKED_AGAIN.has(answer.degraded))) kept.set(key, answer as TaskAnswer);
  }
  // A run that was killed while writing leaves half a line: what follows must not be glued to it.
  let lead = text === '' || text.endsWith('\n') ? '' : '\n';
  return {
    get: (task, method) => kept.get(keyOf(task, method, active)),
    async keep(task, method, answer) {
      const key = keyOf(task, method, active);
      kept.set(key, answer);
      if (path === undefined) return;
      const line = JSON.stringify({ id: task.id, method: method.id, target: task.target, ...answer, key });
      await appendFile(path, `${lead}${line}\n`);
      lead = '';
    },
  };
}

/** A task that was changed since, another method or another library has another key. */
function keyOf(task: SearchTask, method: Method, active: Active): string {
  const whole = JSON.stringify([task, method, active.catalogueVersion, active.modelId]);
  return createHash('sha256').update(whole).digest('hex').slice(0, 16);
}

async function readOrEmpty(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function parse(line: string): Partial<TaskAnswer> & { key?: string } {
  try {
    const value: unknown = line.trim() === '' ? {} : JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
