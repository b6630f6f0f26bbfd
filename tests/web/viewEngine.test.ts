import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ejs from 'ejs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { viewEngine } from '../../src/web/viewEngine.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marquee-views-'));
  await mkdir(join(folder, 'parts'));
  await writeFile(
    join(folder, 'page.ejs'),
    "<h1><%= title %></h1><%- include('parts/list', { items, mark: '*' }) %>",
  );
  await writeFile(join(folder, 'parts', 'list.ejs'), "<% for (const item of items) { %><%- include('item', { item }) %><% } %>"); // prettier-ignore
  await writeFile(join(folder, 'parts', 'item.ejs'), '<li><%= mark %><%= item %> of <%= title %><%= locals.missing %></li>'); // prettier-ignore
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const LOCALS = { title: `Tom & "Jerry's" <cat>`, items: ['a', '<b>', null, 0] };
const page = () => join(folder, 'page.ejs');

/** What Express would get. */
function render(engine: ReturnType<typeof viewEngine>, locals: object): string {
  let html = '';
  engine(page(), locals, (error, rendered) => {
    if (error) throw error as Error;
    html = rendered!;
  });
  return html;
}

describe('the view engine', () => {
  it('renders what EJS renders: nested includes, locals of all parents, escapes', async () => {
    expect(render(viewEngine(), LOCALS)).toBe(await ejs.renderFile(page(), LOCALS));
  });

  it('reads and compiles every file once, included ones too', async () => {
    const engine = viewEngine();
    const first = render(engine, LOCALS);
    await rm(folder, { recursive: true });
    expect(render(engine, LOCALS)).toBe(first);
  });

  it('shows a view nothing that every object inherits, and hands on what goes wrong in one', async () => {
    await writeFile(page(), '<%= typeof toString %> <%= typeof hasOwnProperty %> <%= locals.nothing.at %>');
    expect(() => render(viewEngine(), {})).toThrow(/undefined/);
    await writeFile(page(), '<%= locals.constructor %>|<%= locals.hasOwnProperty %>');
    expect(render(viewEngine(), {})).toBe('|');
  });
});
