/**
 * What tells who somebody is does not leave: e-mail addresses, phone numbers, account names, long numbers, keys, and links
 * with credentials become a word in brackets. Years, ranges of years and ratings stay.
 */
export function maskPersonal(text: string): string {
  let masked = text;
  for (const [pattern, replace] of RULES) masked = masked.replace(pattern, replace as never);
  return masked;
}

type Replace = string | ((whole: string, ...groups: string[]) => string);

const RULES: [RegExp, Replace][] = [
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/@]{1,200}@\S+/gi, '[link]'],
  [
    /\bhttps?:\/\/\S*[?&#](?:\w{0,20}(?:token|key|secret|password|passwd|pwd|auth|session|sig|signature)\w{0,10})=\S*/gi,
    '[link]',
  ],
  [/\b(?:sk|pk|hf|gsk|ghp|gho|xox[abp]|dapi|AKIA|AIza)[-_]?[\w-]{12,}/g, '[secret]'],
  [
    /\b[\p{L}\p{N}._%+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\p{L}\p{N}-]{1,63}(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\p{L}\p{N}-]{2,63}){1,4}/giu,
    '[e-mail]',
  ],
  [/(?<![\w@])@[A-Za-z0-9_][\w.-]{1,38}/g, '[account]'],
  [
    /\b((?:user\s?name|user\s?id|log-?in|handle|gamertag|account(?:\s+name)?|screen\s?name|nick(?:name)?|password|passcode)(?:\s+(?:on|at|for)\s+\w+)?\s*(?:is|:|=)\s*)["'“]?[\w.@#-]{2,60}["'”]?/gi,
    '$1[account]',
  ],
  [
    /\b((?:on|my|add me on)\s+(?:letterboxd|instagram|twitter|telegram|discord|snapchat|skype|reddit|tiktok|facebook|whatsapp)(?:\s+(?:is|as|account|name))*\s*(?::|=|\bis\b|\bas\b)\s*)["'“]?[\w.@#-]{2,60}["'”]?/gi,
    '$1[account]',
  ],
  [/(?<![\w/.])u\/[A-Za-z0-9_-]{3,30}/g, '[account]'],
  [/\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b/g, '[number]'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, '[address]'],
  [/(?<![\w.])\+?\(?\d(?:[\s().-]{0,2}\d){6,18}(?![\w])/g, maskNumber],
];

/** Years side by side ("1987 1991 1999", "1990-1999") are no phone number. */
function maskNumber(whole: string): string {
  const digits = whole.replace(/\D/g, '');
  const parts = whole.split(/[\s().-]+/).filter(Boolean);
  if (!whole.startsWith('+') && parts.every((part) => /^(?:1[89]|20)\d\d$/.test(part))) return whole;
  // "7 8 9 10 9 8 7": single ratings in a row.
  if (
    !whole.startsWith('+') &&
    parts.length > 3 &&
    parts.every((part) => Number(part) <= 10 && part.length <= 2 && !part.startsWith('0'))
  )
    return whole;
  return digits.length >= 9 || whole.startsWith('+') || parts.length > 1 ? '[phone]' : '[number]';
}
