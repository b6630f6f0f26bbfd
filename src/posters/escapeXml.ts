const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Removes what XML 1.0 forbids even when escaped: control characters, lone surrogates, U+FFFE and U+FFFF. */
export function cleanText(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  const visible = text.replace(
    /[\u0000-\u001f\u007f-\u009f\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    ' ',
  );
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
