import type { z } from 'zod';
import { badInput, type FieldError } from '../errors.ts';

/** @throws AppError 400 that names every field that is wrong, and the first of them in its message */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const errors: FieldError[] = parsed.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
  }));
  const [first] = errors;
  throw badInput(
    first?.path ? `${first.path}: ${first.message}` : (first?.message ?? 'Wrong input.'),
    errors,
  );
}
