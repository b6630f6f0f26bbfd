/**
 * Windows-1252 from byte 0x80 to 0x9f, where Latin-1 has control characters. Written out: the TextDecoder of Node 20 reads
 * these bytes as Latin-1 under either name.
 */
const HIGH_CONTROLS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const WINDOWS_1252 = new Map([...HIGH_CONTROLS].map((letter, at) => [letter.codePointAt(0)!, 0x80 + at]));

/** Bytes of a Western text that is not UTF-8. */
export const decodeWindows1252 = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(/[\x80-\x9f]/g, (letter) => HIGH_CONTROLS[letter.charCodeAt(0) - 0x80]!);

const TAIL = `[\\u0080-\\u00bf${[...WINDOWS_1252.keys()].map((code) => String.fromCodePoint(code)).join('')}]`;
/** What UTF-8 looks like after it was read as Windows-1252: a lead byte's letter and its following bytes' letters. */
const MISREAD = new RegExp(
  `[\\u00c2-\\u00df]${TAIL}|[\\u00e0-\\u00ef]${TAIL}{2}|[\\u00f0-\\u00f4]${TAIL}{3}`,
  'g',
);
const strict = new TextDecoder('utf-8', { fatal: true });

/**
 * Text that was UTF-8 and got read as Windows-1252 on its way ("Andyâ€™s", "divorcÃ©e") becomes what it was; other
 * text comes back as it is.
 */
export function repairText(text: string): string {
  return text.replace(MISREAD, (misread) => {
    const bytes = Uint8Array.from(misread, (letter) => {
      const code = letter.codePointAt(0)!;
      return WINDOWS_1252.get(code) ?? code;
    });
    try {
      return strict.decode(bytes);
    } catch {
      return misread;
    }
  });
}

const ENTITIES: Record<string, string> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', '#39': "'", '#039': "'",
}; // prettier-ignore

/** `cat &amp; mouse` → `cat & mouse`: the few entities that data sets leave in plain text. */
export const decodeEntities = (text: string): string =>
  text.replace(/&(#?\w{2,5});/g, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole);
