import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** Promises that only the source can break: what is not written cannot be reached. */

const ROOT = join(import.meta.dirname, '../..');
const filesIn = (folders: string[], ending: RegExp): { path: string; text: string }[] =>
  folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && ending.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path: relative(ROOT, path), text: readFileSync(path, 'utf8') })),
  );

const program = filesIn(['src', 'training', 'datasets'], /\.(ts|mjs)$/);

/** What stands inside `${…}` of template texts that match. */
function interpolatedInto(pattern: RegExp, { path, text }: { path: string; text: string }): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateExpression(node) && pattern.test(node.getText()))
      found.push(...node.templateSpans.map(({ expression }) => expression.getText()));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return found;
}

describe('13: views', () => {
  it('write markup as it is only where they include another view', () => {
    const raw = filesIn(['views'], /\.ejs$/).flatMap(({ path, text }) =>
      [...text.matchAll(/<%-(.*?)%>/gs)].map(([, inside]) => `${path}: ${inside!.trim()}`),
    );
    expect(raw.length).toBeGreaterThan(10);
    expect(raw.filter((one) => !/: include\('/.test(one))).toEqual([]);
  });
});

describe('20: SQL', () => {
  const SQL = /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|ALTER TABLE|CREATE|DROP|PRAGMA)\s/;

  it('is put together from names and clauses of our own; every value travels beside it', () => {
    const parts = new Set(program.filter(({ path }) => path.startsWith('src/store/')).flatMap((file) => interpolatedInto(SQL, file))); // prettier-ignore
    // Whoever adds to this list has looked that no text of a person, a file or a network can be in it.
    expect([...parts].sort()).toEqual([
      'CACHE_KIB',
      'SUMS',
      'array',
      'conflictClause(insert)',
      "fields.join(', ')",
      "integersIn(database, '$1')",
      'isMarked',
      "keepExisting ? unheld : ''",
      "names.map(quote).join(', ')",
      'others',
      'parameter',
      'quote(insert.table)',
      'rest',
      'source',
      'table',
      'target',
      'text',
      "textsIn(database, '$1')",
      "updateColumns.map((name) => `${quote(name)} = excluded.${quote(name)}`).join(', ')",
      "userId === undefined ? '' : ' AND \"userId\" = $3'",
      "values.join(', ')",
    ]);
  });

  it('is written nowhere else', () => {
    const elsewhere = program.filter(({ path, text }) => !path.startsWith('src/store/') && /['"`]\s*(SELECT .* FROM|INSERT INTO|DELETE FROM|UPDATE \w+ SET)\b/.test(text)); // prettier-ignore
    expect(elsewhere.map(({ path }) => path)).toEqual([]);
  });
});

describe('22: the network', () => {
  it('is reached from three files, each with its own limits on where, how long and how much', () => {
    const reaching = program.filter(({ text }) => /await fetch\(|\?\? fetch\b|\b(https?|net)\.(get|request|connect)\(/.test(text)); // prettier-ignore
    expect(reaching.map(({ path }) => path).sort()).toEqual([
      'datasets/support/download.ts',
      'src/llm/createChatModel.ts',
      'src/tmdb/exchange.ts',
    ]);
  });
});

describe('24: code', () => {
  it('is never made from text', () => {
    const made = [...program, ...filesIn(['static'], /\.js$/)].filter(({ text }) => /\beval\(|new Function\(|node:vm/.test(text)); // prettier-ignore
    expect(made.map(({ path }) => path)).toEqual([]);
  });

  it('of mathjs that reads formulas is not used', () => {
    const used = program.filter(({ text }) => text.includes("'mathjs'"));
    expect(used.length).toBeGreaterThan(0);
    for (const { path, text } of used)
      expect(text, path).not.toMatch(/\b(evaluate|parse|compile|parser|simplify)\b[^'\n]*['"]mathjs/);
  });
});

describe('28: secrets', () => {
  it('stand nowhere in what is kept in git', () => {
    const kept = [...program, ...filesIn(['views', 'static', 'docs'], /\.(ejs|js|json|md|ya?ml|service)$/)];
    const settings = { path: 'config.example.json', text: readFileSync(join(ROOT, 'config.example.json'), 'utf8') };
    for (const { path, text } of [...kept, settings]) {
      expect(text, path).not.toMatch(/\b(sk-[\w-]{20,}|hf_\w{20,}|mq_[\w-]{30,}|AKIA[A-Z0-9]{16})/);
      expect(text, path).not.toMatch(/-----BEGIN [A-Z ]*PRIVATE KEY/);
    }
    // "ollama" is no secret: that server takes any word.
    const { chatModels, sessionSecret } = JSON.parse(settings.text) as { chatModels: { apiKey?: string }[]; sessionSecret?: string };
    expect(chatModels.flatMap(({ apiKey }) => apiKey ?? [])).toEqual(['ollama']);
    expect(sessionSecret).toBeUndefined();
  }); // prettier-ignore

  it('have their places outside git', () => {
    const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['var/', 'config.json']));
  });
});
