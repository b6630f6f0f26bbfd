import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;
/** First and second column of the table of dependencies. */
const rows = read('docs/decisions/README.md')
  .split('\n')
  .flatMap((line) => {
    const [, names, reason] = /^\| ([^|]+) \| ([^|]+) \|$/.exec(line) ?? [];
    return names && reason ? [{ names, reason }] : [];
  })
  .filter(({ names }) => names !== 'dependency' && !names.startsWith('---'));
const named = rows.flatMap(({ names }) => names.split(',').map((name) => name.trim().replace(/ \d+$/, '')));

/** `@fontsource packages` stands for all of that maker; types come with what they type. */
const isNamed = (name: string): boolean =>
  named.includes(name) ||
  named.some((one) => one.endsWith(' packages') && name.startsWith(one.split(' ')[0]!));

describe('docs/decisions', () => {
  it('gives a reason for every dependency', () => {
    const all = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    expect(all.filter((name) => !name.startsWith('@types/') && !isNamed(name))).toEqual([]);
    for (const { names, reason } of rows) expect(reason.length, names).toBeGreaterThan(20);
  });

  it('gives none for what is not used any more', () => {
    const all = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    const stale = named.filter((name) =>
      name.endsWith(' packages')
        ? !all.some((one) => one.startsWith(name.split(' ')[0]!))
        : !all.includes(name),
    );
    expect(stale).toEqual([]);
  });

  it('pins every version', () => {
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d/.test(version),
    );
    expect(loose).toEqual([]);
  });
});
