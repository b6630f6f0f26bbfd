import { describe, expect, it } from 'vitest';
import { parseInput } from '../../src/contract/parseInput.ts';
import { recommendationBody } from '../../src/contract/schemas.ts';
import type { AppError } from '../../src/errors.ts';

const errorsOf = (input: unknown) => {
  try {
    parseInput(recommendationBody, input);
  } catch (error) {
    return (error as AppError).errors;
  }
  return [];
};

describe('input of several shapes', () => {
  it('is told what the shape that was nearly met lacks', () => {
    expect(errorsOf({ ratings: [{ title: 'Heat' }] }).map(({ path }) => path)).toEqual(['ratings.0.rating']);
    expect(errorsOf({ ratings: [{ movieId: 6, rating: 5.5 }] }).map(({ path }) => path)).toEqual([
      'ratings.0.rating',
    ]);
    expect(errorsOf({ ratings: [{ title: 'Heat', rating: 4 }] })).toEqual([]);
  });
});
