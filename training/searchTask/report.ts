import type { TaskAnswer } from './answerTask.ts';
import type { Method } from './methods.ts';
import { HIT_DEPTHS, summarise, type Metrics } from './metrics.ts';
import { TEMPLATE_CLASS, type SearchTask } from './tasks.ts';

export interface Answered {
  task: SearchTask;
  method: Method;
  answer: TaskAnswer;
}

/** How one method did on one set of tasks: metrics, usage, why targets were lost. */
type Row = Record<string, unknown> & { label: string; tasks: number };

/** A set of tasks: the metrics of the site's own way on top, every method's under `methods`. */
export interface ClassReport {
  tasks: number;
  [key: string]: unknown;
  methods: Record<string, Row>;
}

export interface SearchTaskReport {
  text: string;
  /** Without the tasks made from templates. */
  overall: ClassReport;
  classes: Record<string, ClassReport>;
}

/** `overall` first; the first method is the one whose metrics stand on top. */
export function reportAnswers(answered: readonly Answered[], methods: readonly Method[]): SearchTaskReport {
  const classes = [...new Set(answered.map(({ task }) => task.class))].sort();
  const of = (isIn: (task: SearchTask) => boolean) =>
    reportClass(
      answered.filter(({ task }) => isIn(task)),
      methods,
    );
  const overall = of((task) => task.class !== TEMPLATE_CLASS);
  const report = {
    overall,
    classes: Object.fromEntries(classes.map((name) => [name, of((task) => task.class === name)])),
  };
  const text = [
    describe('overall', overall),
    ...Object.entries(report.classes).map(([name, one]) => describe(`class "${name}"`, one)),
    ...(classes.includes(TEMPLATE_CLASS) ? ['Tasks made from templates are left out of "overall".'] : []),
  ].join('\n\n');
  return { text, ...report };
}

function reportClass(answered: readonly Answered[], methods: readonly Method[]): ClassReport {
  const rows = methods.map((method) => {
    const mine = answered.filter((one) => one.method.id === method.id);
    return [method.id, reportMethod(method, mine)] as const;
  });
  const { label, usage: _usage, lost: _lost, ...first } = rows[0]![1];
  return { ...first, method: label, methods: Object.fromEntries(rows) };
}

function reportMethod(method: Method, answered: readonly Answered[]): Row {
  const answers = answered.map(({ answer }) => answer);
  const places = answered.map(({ task, answer }) => ({
    rank: answer.rank,
    user: task.user ?? `task ${task.id}`,
  }));
  const sum = (of: (answer: TaskAnswer) => number) =>
    answers.reduce((total, answer) => total + of(answer), 0);
  const isPriced = answers.some(({ usage }) => usage.costUsd !== undefined);
  return {
    label: method.label,
    tasks: answers.length,
    ...summarise(places),
    usage: {
      calls: sum(({ usage }) => usage.calls),
      cachedCalls: sum(({ usage }) => usage.cachedCalls),
      promptTokens: sum(({ usage }) => usage.promptTokens),
      completionTokens: sum(({ usage }) => usage.completionTokens),
      ...(isPriced ? { costUsd: sum(({ usage }) => usage.costUsd ?? 0) } : {}),
      seconds: sum(({ usage }) => usage.ms) / 1000,
    },
    meanImportance: answers.length === 0 ? null : sum(({ importance }) => importance) / answers.length,
    lost: countBy(answers.flatMap(({ lost }) => lost ?? [])),
    degraded: countBy(answers.flatMap(({ degraded }) => degraded ?? [])),
    targetsReadAsRated: answers.filter(({ isTargetRated }) => isTargetRated).length,
  };
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const LABEL_WIDTH = 36;

function describe(name: string, { tasks, methods }: ClassReport): string {
  if (tasks === 0) return `${name}: no tasks`;
  const columns = [...HIT_DEPTHS.map((depth) => `hit@${depth}`), 'mrr'];
  const header = `${`${name}, ${tasks} tasks`.padEnd(LABEL_WIDTH)}${columns.map((one) => one.padStart(9)).join('')}   95 % of hit@10`;
  return [header, ...Object.values(methods).map((row) => describeRow(row, columns))].join('\n');
}

function describeRow(row: Row, columns: readonly string[]): string {
  const values = columns.map((column) => (row[column] as number).toFixed(5).padStart(9)).join('');
  const [low, high] = (row['intervals'] as Metrics['intervals'])['hit@10']!;
  const usage = row['usage'] as {
    calls: number;
    promptTokens: number;
    completionTokens: number;
    costUsd?: number;
    seconds: number;
  };
  const spent = [
    `${usage.seconds.toFixed(1)} s`,
    ...(usage.calls > 0
      ? [`${usage.calls} calls`, `${usage.promptTokens} + ${usage.completionTokens} tokens`]
      : []),
    ...(usage.costUsd === undefined ? [] : [`$${usage.costUsd.toFixed(4)}`]),
  ].join(', ');
  return `${row.label.padEnd(LABEL_WIDTH)}${values}   ${low.toFixed(3)}–${high.toFixed(3)}  ${spent}`;
}
