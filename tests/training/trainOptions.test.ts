import { expect, it } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { readTrainOptions } from '../../training/trainOptions.ts';

const read = (...given: string[]) => readTrainOptions(['--data-dir', '/somewhere', ...given]);

it('trains RDLAE with preset parameters unless told otherwise', () => {
  expect(read()).toMatchObject({
    dataDir: '/somewhere',
    parameters: { algorithm: 'rdlae' },
    search: false,
    precision: 'f32',
    engine: 'auto',
  });
  expect(read().keep).toBeUndefined();
  // Whatever the data set was set up with, which is not known here.
  expect(read().minRatings).toBeUndefined();
  expect(read('--min-ratings', '5').minRatings).toBe(5);
});

it('takes parameters, grids and what to keep', () => {
  expect(read('--algorithm', 'dan', '--lambda', '50', '--alpha', '.2').parameters).toEqual({
    algorithm: 'dan',
    lambda: 50,
    alpha: 0.2,
  });
  expect(read('--search', '--lambdas', '200,50,100').lambdas).toEqual([50, 100, 200]);
  expect(read('--search', '--search-titles', '9000').searchTitles).toBe(9000);
  expect(read('--keep', 'all').keep).toBe('all');
  expect(read('--keep', '5000').keep).toEqual({ entries: 5000 });
  expect(read('--keep-share', '.02').keep).toEqual({ share: 0.02 });
  expect(read('--keep-per-column', '300').keep).toEqual({ perColumn: 300 });
});

it.each([
  [['--algorithm', 'svd'], '--algorithm must be one of ease, edlae, rlae, rdlae, dan, not "svd"'],
  [['--lambda', 'much'], '--lambda must be a number, not "much"'],
  [['--lambda', '0'], 'lambda must be greater than 0, not 0'],
  [['--dropout', '1'], 'dropout must be at least 0 and less than 1, not 1'],
  [['--lambdas', '1,x'], '--lambdas must be numbers greater than 0'],
  [['--lambdas', '50,100'], '--lambdas is for --search, which is not there'],
  [['--search', '--search-titles', 'all'], '--search-titles must be a number, not "all"'],
  [['--min-ratings', '1.5'], '--min-ratings must be a whole number of at least 1, not 1.5'],
  [['--keep', '5', '--keep-share', '.1'], 'Only one of --keep'],
  [['--keep-share', '2'], '--keep-share must be greater than 0 and at most 1, not 2'],
  [['--keep', 'half'], '--keep must be a number, not "half"'],
  [['--keep-per-column', '0'], '--keep-per-column must be a whole number of at least 1, not 0'],
  [['--threads', '0'], '--threads must be 1 to 64, not 0'],
  [['--colour', 'red'], "Unknown option '--colour'"],
])('%s is refused in one line that names it', (given, message) => {
  expect(() => read(...given)).toThrow(UsageError);
  expect(() => read(...given)).toThrow(message);
});

it('needs a data directory', () => expect(() => readTrainOptions([])).toThrow('--data-dir is missing'));
