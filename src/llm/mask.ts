/* eslint-disable security/detect-unsafe-regex -- every repetition is bounded, prompts are cut at 4,000 characters, and
   tests/llm/mask.test.ts times hostile ones */
/**
 * What tells who somebody is does not leave: e-mail addresses, phone numbers, account names, long numbers, keys, and links
 * with credentials become a word in brackets. Years, ranges of years and ratings stay.
 */
export function maskPersonal(text: string): string {
  // Full-width letters and signs are read as the plain ones they stand for.
  let masked = text.replace(/[\uff01-\uff5e]+/g, (wide) => wide.normalize('NFKC'));
  for (const [pattern, replace] of RULES) masked = masked.replace(pattern, replace as never);
  return masked;
}

type Replace = string | ((whole: string, ...groups: string[]) => string);

const RULES: [RegExp, Replace][] = [
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/@]{1,200}@\S+/gi, '[link]'],
  [
    /(?<![\w.@])(?:https?:\/\/)?(?:www\.)?(?:instagram|facebook|twitter|x|tiktok|snapchat|reddit|linkedin|t|github|discord|last|trakt|letterboxd|steamcommunity)\.(?:com|me|fm|tv|gg)\/(?!film\/|title\/|r\/)[\w@./%-]{2,100}/gi,
    '[account]',
  ],
  [/(?<![\w.@])(?:https?:\/\/)?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?::\d{1,5})?\/\S{1,2000}/gi, link],
  [/\beyJ[\w-]{8,2000}(?:\.[\w-]{1,2000}){0,2}/g, '[secret]'],
  [/\b(?:sk|pk|hf|gsk|ghp|gho|xoxb|xoxp|dapi|AKIA|AIza)[-_]?[A-Za-z0-9_-]{12,}/g, keyLike],
  [/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}\.[\p{L}\p{N}.-]{1,100}[\p{L}\p{N}]/gu, '[e-mail]'],
  [
    /\b[\w.%+-]{1,64}\s(?:at|AT)\s[\w-]{1,63}(?:\s?dot\s?|\.)(?:com|org|net|de|fr|it|es|uk|eu|info|io|me|edu|example|mail)\b/g,
    '[e-mail]',
  ],
  [/[\w.%+-]{1,64}@localhost\b/g, '[e-mail]'],
  [
    /[\w.%+-]{1,64}\s?[([]\s?at\s?[)\]]\s?[\w-]{1,63}\s?(?:\.|[([]\s?dot\s?[)\]])\s?[\w.-]{2,60}/gi,
    '[e-mail]',
  ],
  [/(?<![\w@])@[A-Za-z0-9_][\w.-]{1,38}/g, '[account]'],
  [
    /\b((?:username|user name|user id|login|log-in|handle|gamertag|screen name|nickname|my nick|my account|account name|password|passcode)\s?(?:is|:|=)\s?)["'“]?[\w.@#-]{2,60}["'”]?/gi,
    '$1[account]',
  ],
  [
    /\b((?:on|my) (?:letterboxd|instagram|twitter|telegram|discord|snapchat|skype|reddit|tiktok|facebook|whatsapp)\s?(?:is|as|:|=|account is|name is|username is|handle is)\s?)["'“]?[\w.@#-]{2,60}["'”]?/gi,
    '$1[account]',
  ],
  [/(?<![\w/.])u\/[A-Za-z0-9_-]{3,30}/g, '[account]'],
  [/(?<![\w#])[\w.]{2,32}#\d{4}\b/g, '[account]'],
  [/\b(user )(?=\w*[_\d])\w{3,40}/g, '$1[account]'],
  [
    /\b(born (?:on )?(?:the )?|birthday (?:is )?(?:on )?|date of birth:? )\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b/gi,
    '$1[date]',
  ],
  [/\b[A-Z]{2}\d{2}[ -]?(?:[A-Z0-9][ -]?){11,36}\b/gi, bankNumber],
  [/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g, '[address]'],
  [/(?<![\w.])\+?\(?\d[\d\s().-]{4,30}\d(?!\w)/g, longNumber],
];

/** Keys mix letters and digits; "pkunzip-adventures" does not. */
function keyLike(whole: string): string {
  return /\d/.test(whole) && /[a-z]/i.test(whole) ? '[secret]' : whole;
}

/** Links that name a film may go; those that carry a query, a fragment or a random piece may open something. */
function link(whole: string): string {
  const isRandom = (piece: string) => piece.length >= 16 && /\d/.test(piece) && /[a-z]/i.test(piece) && !/[-_]/.test(piece); // prettier-ignore
  return /[?#@=]/.test(whole) || whole.split('/').some(isRandom) ? '[link]' : whole;
}

function bankNumber(whole: string): string {
  const digits = whole.replace(/\D/g, '').length;
  return digits >= 10 ? '[number]' : whole;
}

const isYear = (part: string): boolean => /^(?:1[89]|20)\d\d$/.test(part);

/** Phone, card and customer numbers. Years side by side ("1987 1991", "1990-1999", "1917 (2019) 9") and lists of ratings stay. */
function longNumber(whole: string): string {
  const year = /\s*\((?:18|19|20)\d\d\)?$/.exec(whole);
  if (year && year.index > 0) return longNumber(whole.slice(0, year.index)) + year[0];
  const digits = whole.replace(/\D/g, '');
  const parts = whole.split(/[\s().-]+/).filter(Boolean);
  if (whole.startsWith('+')) return digits.length >= 7 ? '[phone]' : whole;
  if (digits.length < 7 || digits.length > 24) return digits.length < 7 ? whole : '[number]';
  if (parts.length === 1) return '[number]';
  if (parts.every(isYear)) return whole;
  if (parts.some(isYear) && digits.length < 10) return whole;
  const rest = parts.filter((part) => !isYear(part));
  if (parts.length > 2 && rest.every((part) => part.length <= 2 && Number(part) <= 10)) return whole;
  if (digits.length < 9 && parts.filter((part) => part.length === 1).length > 1) return whole;
  return '[phone]';
}
