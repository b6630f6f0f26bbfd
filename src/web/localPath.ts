/**
 * Where to go back to after a form: a path of this site, or the fallback. Refused are other hosts in any disguise
 * (`//host`, `/\host`, control characters), so that `next` can never send a person away.
 */
export function localPath(value: unknown, fallback: string): string {
  if (typeof value !== 'string' || value.length > 500) return fallback;
  if (!/^\/(?![/\\])/.test(value) || /[\p{Control}\\]/u.test(value)) return fallback;
  const base = 'http://marquee.invalid';
  if (!URL.canParse(value, base)) return fallback;
  const { origin, pathname, search, hash } = new URL(value, base);
  // `/.//host` parses to the path `//host`, which a browser would read as a host.
  return origin === base && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : fallback;
}
