import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ejs, { type ClientFunction } from 'ejs';

type Locals = Record<string, unknown>;
type Done = (error: unknown, html?: string) => void;

/**
 * Renders EJS for Express. EJS's own door looks an included file up on disk and copies all locals at every include; a page
 * of forty cards has hundreds. Here every file is read and compiled once (a restart picks up changes), and an include
 * sees its parent's locals through its prototype.
 */
export function viewEngine(): (path: string, locals: object, done: Done) => void {
  const views = new Map<string, (locals: Locals) => string>();
  const viewAt = (path: string): ((locals: Locals) => string) => {
    let view = views.get(path);
    if (!view) views.set(path, (view = compileView(path)));
    return view;
  };
  const compileView = (path: string) => {
    const run = ejs.compile(readFileSync(path, 'utf8'), {
      client: true,
      compileDebug: false,
      filename: path,
    }) as ClientFunction;
    const included = new Map<string, (locals: Locals) => string>();
    return (locals: Locals): string =>
      run(locals, escapeMarkup, (name: string, own?: Locals) => {
        let view = included.get(name);
        if (!view) included.set(name, (view = viewAt(resolve(dirname(path), `${name}.ejs`))));
        return view(own ? inherit(locals, own) : locals);
      });
  };
  return (path, locals, done) => {
    let html: string;
    try {
      html = viewAt(path)(locals as Locals);
    } catch (error) {
      done(error);
      return;
    }
    done(null, html);
  };
}

const inherit = (locals: Locals, own: Locals): Locals => Object.assign(Object.create(locals) as Locals, own);

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};
const SPECIAL = /[&<>'"]/;
const EVERY_SPECIAL = /[&<>'"]/g;

/** As EJS escapes; most texts have nothing to escape. Nothing is written for null and undefined. */
function escapeMarkup(value?: unknown): string {
  if (value === undefined || value === null) return '';
  const text = String(value as string);
  return SPECIAL.test(text) ? text.replace(EVERY_SPECIAL, (sign) => ENTITIES[sign]!) : text;
}
