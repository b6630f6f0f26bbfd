import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { UsageError } from '../../src/errors.ts';

const stars = z.number().min(0.5).max(5).multipleOf(0.5);
const id = z.union([z.string().min(1), z.number()]).transform(String);
const opinion = z.object({ title: z.string().min(1), year: z.int().optional(), rating: stars });

const searchTask = z.object({
  id,
  prompt: z.string().min(1).max(4000),
  /** Told beside the prompt, as the API takes them. */
  ratings: z
    .array(z.union([z.object({ movieId: z.int(), rating: stars }), opinion]))
    .max(1000)
    .default([]),
  /** movieId of the title that is looked for. */
  target: z.int(),
  class: z.string().min(1).default('unclassified'),
  /** Whose ratings the prompt tells: tasks of one person are drawn together in the bootstrap. Default: its own. */
  user: id.optional(),
});

const readingTask = z.object({ id: id.optional(), prompt: z.string().min(1), opinions: z.array(opinion) });

/** A prompt with a known target. */
export type SearchTask = z.infer<typeof searchTask>;
/** A prompt with the opinions that stand in it. */
export type ReadingTask = z.infer<typeof readingTask> & { id: string };

/** Tasks written from sentence patterns: reported apart, they decide nothing. */
export const TEMPLATE_CLASS = 'template';

/** @throws UsageError naming file, line and field */
export async function readSearchTasks(path: string): Promise<SearchTask[]> {
  const tasks = await readLines(path, searchTask);
  const seen = new Set<string>();
  for (const { id } of tasks) {
    if (seen.has(id)) throw new UsageError(`--tasks ${path}: the id "${id}" stands there twice`);
    seen.add(id);
  }
  return tasks;
}

/** The id is the line's number where there is none. @throws UsageError naming file, line and field */
export async function readReadingTasks(path: string): Promise<ReadingTask[]> {
  const tasks = await readLines(path, readingTask);
  return tasks.map((task, at) => ({ ...task, id: task.id ?? String(at + 1) }));
}

async function readLines<Task extends z.ZodType>(path: string, schema: Task): Promise<z.output<Task>[]> {
  const text = await readText(path);
  const tasks = text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    const parsed = schema.safeParse(parseJson(line, `--tasks ${path}, line ${at + 1}`));
    if (parsed.success) return [parsed.data];
    const { path: field, message } = parsed.error.issues[0]!;
    throw new UsageError(
      `--tasks ${path}, line ${at + 1}: ${[field.join('.'), message].filter(Boolean).join(': ')}`,
    );
  });
  if (tasks.length === 0) throw new UsageError(`--tasks ${path} holds no task`);
  return tasks;
}

async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (isGzip ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    throw new UsageError(`--tasks ${path} cannot be read: ${(error as Error).message}`);
  }
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${where} is not JSON: ${(error as Error).message}`);
  }
}
