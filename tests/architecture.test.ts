import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Imports go one way (docs/architecture.md). This reads them and fails on a forbidden one. */
const root = resolve(import.meta.dirname, '..');

/** Files every layer may use: types, errors, and a few small tools that know nothing of ours. */
const ANYWHERE = [
  'src/domain.ts',
  'src/errors.ts',
  'src/parseJson.ts',
  'src/seededRandom.ts',
  'src/topPositions.ts',
  'src/writeAside.ts',
];

/** What each layer may import of our own folders, besides itself. */
const ALLOWED: Record<string, string[]> = {
  'src/recommender': ['static/js/blend.js'],
  'src/retrieval': [],
  'src/posters': [],
  'src/monitoring': [],
  'src/contract': ['src/services', 'src/config.ts'],
  'src/llm': ['src/config.ts', 'src/logger.ts'],
  'src/tmdb': ['src/config.ts'],
  'src/store': ['src/logger.ts', 'src/config.ts'],
  'src/jobs': ['src/store'],
  'src/services': ['src/recommender', 'src/retrieval', 'src/llm', 'src/tmdb', 'src/store', 'src/posters', 'src/config.ts', 'src/logger.ts'],
  'src/web': ['src/services', 'src/contract', 'src/monitoring', 'src/store', 'src/posters', 'src/llm', 'src/recommender', 'src/retrieval', 'src/config.ts', 'src/logger.ts', 'static/js'],
  'src/commands': ['src/services', 'src/contract', 'src/jobs', 'src/store', 'src/llm', 'src/app.ts', 'src/config.ts', 'src/logger.ts'],
  training: ['src', 'datasets'],
  datasets: ['src', 'training/ratingsFile.ts', 'training/starter'],
}; // prettier-ignore

/** Packages with input or output of their own belong to one folder. */
const HOME: Record<string, string[]> = {
  sequelize: ['src/store'],
  sqlite3: ['src/store'],
  pg: ['src/store'],
  express: ['src/web'],
  ejs: ['src/web'],
  openai: ['src/llm'],
  '@huggingface/inference': ['src/llm'],
  commander: ['src/commands', 'src/cli.ts'],
};

interface Import {
  file: string;
  /** Path inside the project, or the package's name. */
  target: string;
  isOurs: boolean;
}

function importsBelow(folder: string): Import[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('kernel/assembly'))
    .flatMap((name) => importsOf(join(folder, name)));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g;
  return [...text.matchAll(pattern)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3]!;
    if (!specifier.startsWith('.')) {
      const name = specifier.startsWith('@')
        ? specifier.split('/').slice(0, 2).join('/')
        : specifier.split('/')[0]!;
      return { file, target: name, isOurs: false };
    }
    return { file, target: relative(root, resolve(root, dirname(file), specifier)), isOurs: true };
  });
}

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

describe('architecture', () => {
  for (const [layer, allowed] of Object.entries(ALLOWED))
    it(`${layer} imports only what its layer may`, () => {
      const forbidden = importsBelow(layer).filter(
        ({ target, isOurs }) =>
          isOurs && ![layer, ...ANYWHERE, ...allowed].some((place) => isBelow(target, place)),
      );
      expect(forbidden.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
    });

  it('src never imports training or datasets', () => {
    const wrong = importsBelow('src').filter(
      ({ target, isOurs }) => isOurs && (isBelow(target, 'training') || isBelow(target, 'datasets')),
    );
    expect(wrong).toEqual([]);
  });

  it('each outside technology is known in one folder', () => {
    const wrong = ['src', 'training', 'datasets']
      .flatMap(importsBelow)
      .filter(
        ({ file, target, isOurs }) =>
          !isOurs && HOME[target] && !HOME[target].some((home) => isBelow(file, home)),
      );
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  it('recommendLite knows no chat model', () => {
    expect(importsOf('src/services/recommendLite.ts').filter(({ target }) => target.includes('llm'))).toEqual(
      [],
    );
  });

  it('only config.ts and the command line read the environment', () => {
    const wrong = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .filter((name) => readFileSync(join(root, 'src', name), 'utf8').includes('process.env'))
      .filter(
        (name) =>
          name !== 'config.ts' &&
          name !== 'cli.ts' &&
          name !== 'main.ts' &&
          !name.startsWith('commands/') &&
          !name.startsWith('jobs/'),
      );
    expect(wrong).toEqual([]);
  });
});
