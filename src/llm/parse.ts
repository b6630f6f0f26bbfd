/**
 * Tolerant reading of what models send instead of JSON: fenced, chatty, cut off, trailing commas, single quotes, keys
 * without quotes. Goal: every complete item is found whatever stands around it. Non-goal: guessing at incomplete ones.
 * Reading never throws and is linear in the text's length; what comes out is checked by the caller's schema.
 */

const MAX_TEXT = 200_000;

/** An HTML page instead of an answer (a proxy's error page with status 200). */
export const isWebPage = (text: string): boolean =>
  /^\s*(?:<!doctype\s+html|<html\b|<head\b|<body\b)/i.test(text);

/** The first readable JSON object of an answer; null when there is none. A cut-off object is closed where it ends. */
export function parseObject(text: string): Record<string, unknown> | null {
  const cut = text.slice(0, MAX_TEXT);
  let from = cut.indexOf('{');
  for (let tries = 0; from >= 0 && tries < 20; tries++) {
    const { end, closers } = span(cut, from);
    const source = cut.slice(from, end);
    const value = parseLenient(closers ? closeOff(source, closers) : source);
    if (isObject(value) && Object.keys(value).length > 0) return value;
    from = cut.indexOf('{', from + 1);
  }
  return null;
}

/**
 * The innermost complete objects of a text, in order, from a position on: what a truncated or still growing list holds.
 * `end` is where to go on when more text has come.
 */
export function completeObjects(text: string, from = 0): { objects: Record<string, unknown>[]; end: number } {
  const objects: Record<string, unknown>[] = [];
  let end = from;
  let at = from;
  while (objects.length < 1000) {
    const start = text.indexOf('{', at);
    if (start < 0) return { objects, end: Math.max(end, text.length) };
    const leaf = leafFrom(text, start);
    if (leaf.kind === 'open') return { objects, end: start };
    if (leaf.kind === 'nested') {
      at = leaf.at;
      end = leaf.at;
      continue;
    }
    const value = parseLenient(text.slice(start, leaf.at));
    if (isObject(value)) objects.push(value);
    at = leaf.at;
    end = leaf.at;
  }
  return { objects, end };
}

/** Walks one object: closed without an inner object (leaf), an inner object begins (nested), or the text ends (open). */
function leafFrom(text: string, start: number): { kind: 'leaf' | 'nested' | 'open'; at: number } {
  let quote = '';
  for (let at = start + 1; at < text.length; at++) {
    const mark = text[at]!;
    if (quote) {
      if (mark === '\\') at++;
      else if (mark === quote && isClosing(text, at)) quote = '';
      else if (mark === '\n' && /^\s*[}\]]/.test(text.slice(at, at + 20))) quote = '';
    } else if (mark === '"' || (mark === "'" && isOpening(text, at))) quote = mark;
    else if (mark === '{') return { kind: 'nested', at };
    else if (mark === '}') return { kind: 'leaf', at: at + 1 };
  }
  return { kind: 'open', at: text.length };
}

/** A quote ends a string only where a string can end; others (`6" blade`) were meant to be escaped. */
const isClosing = (text: string, at: number): boolean => {
  const next = text.slice(at + 1, at + 40).trimStart();
  return next === '' || /^[,}\]:]/.test(next);
};

const isOpening = (text: string, at: number): boolean =>
  /[{[:,]\s*$/.test(text.slice(Math.max(0, at - 12), at));

/** Where the object that starts at `from` ends, and which brackets are missing when the text ends first. */
function span(text: string, from: number): { end: number; closers: string } {
  const open: string[] = [];
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const mark = text[at]!;
    if (quote) {
      if (mark === '\\') at++;
      else if (mark === quote && isClosing(text, at)) quote = '';
    } else if (mark === '"' || (mark === "'" && isOpening(text, at))) quote = mark;
    else if (mark === '{' || mark === '[') open.push(mark === '{' ? '}' : ']');
    else if (mark === '}' || mark === ']') {
      open.pop();
      if (open.length === 0) return { end: at + 1, closers: '' };
    }
  }
  return { end: text.length, closers: quote + open.reverse().join('') };
}

/** Closes a cut-off object: what stands after its last complete value goes. */
function closeOff(source: string, closers: string): string {
  const whole = source + closers;
  // Half a string is no value.
  if (!/^["']/.test(closers) && parseLenient(whole) !== undefined) return whole;
  for (let at = source.length - 1, tries = 0; at > 0 && tries < 60; at--) {
    if (!',}]'.includes(source[at]!)) continue;
    tries++;
    const kept = source.slice(0, source[at] === ',' ? at : at + 1);
    const { closers: rest } = span(kept, 0);
    if (/["']/.test(rest)) continue;
    if (parseLenient(kept + rest) !== undefined) return kept + rest;
  }
  return whole;
}

/** JSON, then JSON with the usual slips mended; undefined when it stays unreadable. */
function parseLenient(source: string): unknown {
  const direct = tryJson(source);
  return direct !== undefined ? direct : tryJson(mend(source));
}

function tryJson(source: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    return undefined;
  }
}

function mend(source: string): string {
  let out = '';
  let quote = '';
  for (let at = 0; at < source.length; at++) {
    const mark = source[at]!;
    if (quote) {
      if (mark === '\\') {
        const next = source[++at] ?? '';
        out += next === "'" ? "'" : mark + next;
      } else if (mark === quote && isClosing(source, at)) {
        out += '"';
        quote = '';
      } else if (mark === '"') out += '\\"';
      else out += mark === '\n' ? '\\n' : mark === '\t' ? '\\t' : mark === '\r' ? '' : mark;
    } else if (mark === '"' || (mark === "'" && isOpening(source, at))) {
      quote = mark;
      out += '"';
    } else out += mark;
  }
  return mendBetweenStrings(out);
}

/** Trailing commas, keys without quotes and Python's words, outside of strings. */
function mendBetweenStrings(source: string): string {
  return source
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((piece, at) =>
      at % 2 === 1
        ? piece
        : piece
            .replace(/,(\s*[}\]])/g, '$1')
            .replace(/([{,]\s*)([A-Za-z_]\w*)(\s*:)/g, '$1"$2"$3')
            .replace(/\bNone\b|\bundefined\b|\bNaN\b/g, 'null')
            .replace(/\bTrue\b/g, 'true')
            .replace(/\bFalse\b/g, 'false'),
    )
    .join('');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
