import type { z } from 'zod';
import { badInput, type FieldError } from '../errors.ts';

/** @throws AppError 400 that names every field that is wrong, and the first of them in its message */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => fieldErrors(issue));
  const [first] = errors;
  throw badInput(
    first?.path ? `${first.path}: ${first.message}` : (first?.message ?? 'Wrong input.'),
    errors,
  );
}

/** Of a field that may have several shapes, what is wrong with the one that was nearly met: `{title}` lacks its rating. */
function fieldErrors(issue: z.core.$ZodIssue, parents: readonly PropertyKey[] = []): FieldError[] {
  const path = [...parents, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0)
    return [{ path: path.join('.'), message: issue.message }];
  const nearest = issue.errors.reduce((best, tried) => (tried.length < best.length ? tried : best));
  return nearest.flatMap((inner) => fieldErrors(inner, path));
}
