import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ejs from 'ejs';

type Locals = Record<string, unknown>;
type Done = (error: unknown, html?: string) => void;
type View = (locals: Locals) => string;

/** Prototypes are ours (`inherit`), so EJS need not copy locals to be safe from them. */
const COMPILE = { compileDebug: false, escape: escapeMarkup, unsafePrototypeLocals: true };

/**
 * Renders EJS for Express. EJS's own `include` looks the file up on disk and copies all locals twice each time; a page of
 * forty cards has hundreds. Here every file is read and compiled once (a restart picks up changes). A view finds an
 * `include` of ours among its locals, before EJS's, and an included view sees its parent's locals through its prototype.
 */
export function viewEngine(): (path: string, locals: object, done: Done) => void {
  const views = new Map<string, View>();
  const viewAt = (path: string): View => {
    let view = views.get(path);
    if (!view) views.set(path, (view = compileView(path)));
    return view;
  };
  const compileView = (path: string): View => {
    const run = ejs.compile(readFileSync(path, 'utf8'), COMPILE);
    const included = new Map<string, View>();
    return (locals) => {
      const include = (name: string, own?: Locals): string => {
        let view = included.get(name);
        if (!view) included.set(name, (view = viewAt(resolve(dirname(path), `${name}.ejs`))));
        return view(own ? inherit(locals, own) : locals);
      };
      return run(inherit(locals, { include }));
    };
  };
  return (path, locals, done) => {
    let html: string;
    try {
      html = viewAt(path)(inherit(null, locals as Locals));
    } catch (error) {
      done(error);
      return;
    }
    done(null, html);
  };
}

/** Locals below others; the outermost have no prototype, so that no view sees what every object inherits. */
const inherit = (parent: Locals | null, own: Locals): Locals =>
  Object.assign(Object.create(parent) as Locals, own);

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
