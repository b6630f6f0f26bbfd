import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';
import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/domain.ts';
import { presentHome } from '../../../src/web/presenters/presentHome.ts';
import { presentSendAgain } from '../../../src/web/presenters/presentSendAgain.ts';
import { presentResults } from '../../../src/web/presenters/presentResults.ts';
import { emptyAskValues } from '../../../src/web/routes/askForm.ts';
import { aContext, aRun, aTitle, llama, titles } from '../presenters/exampleRun.ts';

const VIEWS = join(import.meta.dirname, '../../../views');
const locals = {
  nonce: 'abc',
  csrfToken: 'token',
  user: null,
  theme: 'system',
  path: '/',
  ratingsKnown: 0,
  publicUrl: 'https://films.example',
  assetVersion: '1',
};

const render = (page: string, model: unknown, more: object = {}): Promise<string> =>
  ejs.renderFile(join(VIEWS, 'pages', `${page}.ejs`), { ...locals, ...more, page: model });

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Our own habits of writing, not faults.
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'doctype-style': 'off',
    'long-title': 'off',
    'no-redundant-role': 'off', // role="list" keeps list semantics where list-style is none (Safari).
    'prefer-native-element': 'off',
    'attribute-boolean-style': 'off',
    'require-sri': 'off',
    'meta-refresh': 'off', // inside <noscript>, while a list is being made
    'form-dup-name': 'off', // repeated fields are how lists are sent
  },
});

async function expectValid(html: string): Promise<void> {
  const report = await validator.validateString(html);
  const problems = report.results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${line} ${ruleId}: ${message}`)); // prettier-ignore
  expect(problems).toEqual([]);
}

const asking = { chatModels: [llama], isSignedIn: false, ratingsKnown: 0, titleCount: 18_515, known: [...titles.values()], posterVariants: (all: readonly unknown[]) => all.map(() => 0) }; // prettier-ignore
const results = (run: Run) => presentResults(run, 50, aContext());

describe('pages are valid HTML', () => {
  it.each([
    ['home', 'home', presentHome(emptyAskValues(), asking)],
    ['home, with messages', 'home', presentHome({ ...emptyAskValues(), k: '0' }, asking, [{ path: 'k', message: 'No.' }])], // prettier-ignore
    ['a list', 'results', results(aRun())],
    ['a running list', 'results', results(aRun({ state: 'running', candidates: [] }))],
    ['an empty list', 'results', results(aRun({ candidates: [], shortfall: { wanted: 2, left: 0, tightest: 'languages' } }))], // prettier-ignore
    ['a shared list', 'results', results(aRun({ isShared: true }))],
    ['an error', 'error', { title: 'Nothing here', status: 404, heading: 'Nothing here', message: 'Gone.', errors: [], requestId: 'a1' }],
    ['an error with a way on', 'error', { title: 'A moment', status: 429, heading: 'A moment', message: 'Too many.', errors: [], requestId: 'a1', next: 'In 9 seconds.', again: '/search?q=a&k=2' }],
    ['a stale form', 'send-again', presentSendAgain('Again.', '/login', { k: '3', password: 'secret' })],
  ])('%s', async (_name, view, model) => {
    await expectValid(await render(view, model));
  });
});

describe('what people and data sets write stays text', () => {
  const hostile = `<img src=x onerror="alert(1)">'"&`;

  it('in the prompt, in chips, in names and in reasons', async () => {
    const run = aRun();
    run.request.prompt = `</textarea>${hostile}`;
    run.understood.wishes = [hostile];
    run.understood.unmatched = [{ said: hostile, suggestions: [1] }];
    run.candidates[0]!.fit = { score: 0.9, by: 'llm', reason: hostile };
    const named = [aTitle(1, hostile, { directors: [hostile] }), ...titles.slice(1)];
    const context = aContext({ titleOf: (movieId) => named.find((title) => title.movieId === movieId) });
    const html = await render('results', presentResults(run, 50, context));
    expect(html).not.toContain('<img src=x');
    expect(html.match(/<\/textarea>/g)).toHaveLength(1);
    await expectValid(html);
  });

  it('in the name of who is signed in', async () => {
    const user = { name: hostile, role: 'member' };
    expect(await render('home', presentHome(emptyAskValues(), asking), { user })).not.toContain('<img src=x');
  });
});

describe('errors', () => {
  const page = { status: 500, heading: 'Something broke', message: 'Try again.', errors: [], requestId: 'a1b2' };

  it('render before anything is known of the person, and name the request', async () => {
    const html = await ejs.renderFile(join(VIEWS, 'pages/error.ejs'), { page, nonce: 'abc' });
    expect(html).toContain('<code>a1b2</code>');
    expect(html).toContain('Log in');
  });

  it('name no request where the person can do something about it', async () => {
    expect(await render('error', { ...page, status: 404 })).not.toContain('a1b2');
  });
});

describe('the preview of a link', () => {
  const meta = (html: string, property: string) =>
    new RegExp(`property="${property}" content="([^"]*)"`).exec(html)?.[1];

  it('of a shared list names its best titles and has a picture, by full addresses', async () => {
    const html = await render('results', results(aRun({ isShared: true })));
    expect(meta(html, 'og:title')).toBe('Beta and Alpha');
    expect(meta(html, 'og:url')).toBe('https://films.example/recommendations/run-1');
    expect(meta(html, 'og:image')).toBe('https://films.example/static/img/preview.png');
    expect(html).toContain('<meta name="robots" content="noindex">');
  });

  it('is not there for a list nobody shared', async () => {
    expect(await render('results', results(aRun()))).not.toContain('og:');
  });
});

it('the theme is there at the first paint', async () => {
  const html = await render('home', presentHome(emptyAskValues(), asking), { theme: 'dark' });
  expect(html).toContain('<html lang="en" data-theme="dark">');
  expect(html).toContain('<meta name="color-scheme" content="dark">');
});

describe('views', () => {
  const files = readdirSync(VIEWS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ejs'));

  it.each(files)('%s writes raw HTML only by include, without inline styles or handlers', (file) => {
    const text = readFileSync(join(VIEWS, file), 'utf8');
    expect([...text.matchAll(/<%-\s*(\w+)/g)].map(([, word]) => word).filter((word) => word !== 'include')).toEqual([]);
    expect(text).not.toMatch(/\sstyle="|\son(click|input|submit|change|load|error)="/);
  });
});
