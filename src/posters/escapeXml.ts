const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Removes what XML 1.0 forbids even when escaped: control characters, lone surrogates,
 * U+FFFE and U+FFFF; and marks that turn the direction of text about.
 */
export function cleanText(text: string): string {
  const visible = text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, ' ');
  return visible
    .toWellFormed()
    .replace(/\ufffd/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Text made safe for XML content and for attributes in either quote. */
export function escapeXml(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
