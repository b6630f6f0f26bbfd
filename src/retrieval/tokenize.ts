/**
 * Words as the search sees them. Goals: a query and a document that mean the same word meet in one token, in any
 * Latin spelling; other scripts pass through whole. Non-goals: linguistic correctness of stems.
 */

/** Latin letters that NFKD leaves alone. */
const LETTERS: Record<string, string> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i', ŋ: 'n', ŧ: 't',
  '&': ' and ', '‘': "'", '’': "'", '‛': "'", '`': "'", '´': "'", 'ʼ': "'", '“': '"', '”': '"', '„': '"', '«': '"', '»': '"',
  '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-', '…': '...', '\u00ad': '',
}; // prettier-ignore
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');
/** Printable and control ASCII without `&` and the backtick: nothing to fold but case. */
// eslint-disable-next-line no-control-regex
const PLAIN = /^[\u0000-%'-_a-~\u007f]*$/;

/**
 * Lower case without accents; typographic quotes and dashes plain; `&` as "and". Marks outside the Latin, Greek and
 * Cyrillic range are kept: they are letters in other scripts.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  return lower
    .replace(SPECIAL, (letter) => LETTERS[letter]!)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(SPECIAL, (letter) => LETTERS[letter]!)
    .normalize('NFC')
    .toLowerCase();
}

const STOP_WORDS = new Set(
  `a an and are as at be been being but by can could did do does doing for from had has have having he her hers him his
  how i if in into is it its itself just me my no nor not of off on or our ours out over own s same she should so some
  such t than that the their theirs them then there these they this those through to too under until up very was we
  were what when where which while who whom why will with would you your yours im ive id dont doesnt didnt isnt arent
  wasnt cant wont youre theyre thats about also any both each few more most other only again once all here below
  between during before after above down further against because`.split(/\s+/),
);

export const isStopWord = (word: string): boolean => STOP_WORDS.has(word);

/**
 * Different spellings of one genre word or film lovers' idiom, by what they become: a slow burn has nothing to do with fire.
 * Keys are folded words or pairs of them.
 */
const SAME_WORDS = new Map(Object.entries({
  'sci fi': 'scifi', 'science fiction': 'scifi', sciencefiction: 'scifi', sf: 'scifi', syfy: 'scifi', 'sci-fi': 'scifi',
  'rom com': 'romance comedy', 'rom coms': 'romance comedy', romcom: 'romance comedy', romcoms: 'romance comedy',
  'romantic comedy': 'romance comedy', 'romantic comedies': 'romance comedy', romantic: 'romance',
  comedic: 'comedy', comedies: 'comedy', animated: 'anim', animation: 'anim', animations: 'anim', cartoons: 'cartoon',
  documentaries: 'documentary', docu: 'documentary', docs: 'documentary', biopics: 'biopic', biographical: 'biopic',
  biography: 'biopic', noirs: 'noir', neonoir: 'noir', superheroes: 'superhero', 'super hero': 'superhero',
  'super heroes': 'superhero', whodunnit: 'whodunit', whodunits: 'whodunit', whodunnits: 'whodunit',
  humour: 'humor', humorous: 'humor', colour: 'color', grey: 'gray', theatre: 'theater',
  'world war 2': 'wwii', 'world war ii': 'wwii', ww2: 'wwii', 'world war 1': 'wwi', 'world war i': 'wwi', ww1: 'wwi',
  'coming of age': 'comingofage', dystopian: 'dystopia', dystopic: 'dystopia', psychotic: 'psycho',
  'slow burn': 'slow', 'slow burning': 'slow', 'slow burner': 'slow', 'slow paced': 'slow', slowburn: 'slow',
  'mind bending': 'mindfuck', 'mind blowing': 'mindfuck', mindbending: 'mindfuck', mindblowing: 'mindfuck',
  'small town': 'smalltown', 'small towns': 'smalltown', 'high school': 'highschool', 'road trip': 'roadtrip',
  'road movie': 'roadtrip', 'road movies': 'roadtrip', 'serial killer': 'serialkiller', 'serial killers': 'serialkiller',
  'feel good': 'feelgood', 'tear jerker': 'tearjerker', 'plot twist': 'twist', 'twist ending': 'twist', twisty: 'twist',
  'dark comedy': 'blackcomedy comedy', 'dark comedies': 'blackcomedy comedy', 'black comedy': 'blackcomedy comedy',
  'black comedies': 'blackcomedy comedy', 'dark humor': 'blackcomedy humor', 'dark humour': 'blackcomedy humor',
  scary: 'scari', scarier: 'scari', scariest: 'scari', funnier: 'funny', funniest: 'funny', hilarious: 'hilari',
})); // prettier-ignore
const PHRASE_STARTS = new Set(
  [...SAME_WORDS.keys()].filter((words) => words.includes(' ')).map((words) => words.split(' ')[0]!),
);

const known = new Map<string, string>();

/** The stem of one folded word, remembered: documents repeat their words. */
function stemKnown(word: string): string {
  const found = known.get(word);
  if (found !== undefined) return found;
  // A bound, so that a server reading strangers' prompts for months does not grow.
  if (known.size > 200_000) known.clear();
  const stemmed = stem(word);
  known.set(word, stemmed);
  return stemmed;
}

/** Light English suffix stripping: plural, -ed, -ing, -ly, -ness, -ful; a final e or doubled consonant goes too. */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  let base = word;
  if (base.endsWith('ies')) base = base.slice(0, base.length > 4 ? -3 : -1) + (base.length > 4 ? 'y' : '');
  else if (/(?:ss|sh|ch|x|z)es$/.test(base)) base = base.slice(0, -2);
  else if (base.endsWith('s') && !/(?:ss|us|is)$/.test(base)) base = base.slice(0, -1);
  for (const suffix of ['fully', 'ingly', 'edly', 'ness', 'ing', 'ful', 'ed', 'ly']) {
    const short = base.slice(0, -suffix.length);
    if (!base.endsWith(suffix) || short.length < 3 || !/[aeiouy]/.test(short)) continue;
    base = short;
    if (/([bdfgmnprt])\1$/.test(base)) base = base.slice(0, -1);
    break;
  }
  if (base.length > 3 && base.endsWith('e')) base = base.slice(0, -1);
  if (base.length > 3 && base.endsWith('y')) base = `${base.slice(0, -1)}i`;
  return base;
}

/** A word with the place it came from, so that a match can be shown as it was written. */
export interface Word {
  token: string;
  start: number;
  end: number;
}

// eslint-disable-next-line security/detect-unsafe-regex -- linear: each repetition begins with a sign of its own
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}]+)*(?:[-‐‑][\p{L}\p{N}]+(?:['’][\p{L}]+)*)*/gu;

/**
 * Tokens of a text in order: folded, without stop words, stemmed, numbers kept. A hyphenated compound gives the
 * joined form and its parts; genre words in several spellings give one token.
 */
export function tokenize(text: string): string[] {
  const tokens: string[] = [];
  const words = splitWords(fold(text));
  for (let at = 0; at < words.length; at++) at += pushTokens(words, at, tokens) - 1;
  return tokens;
}

/** Like `tokenize`, with the span of each token in the text. */
export function tokenizeWithPlaces(text: string): Word[] {
  const found: Word[] = [];
  const places: { start: number; end: number }[] = [];
  const words: string[] = [];
  for (const match of text.matchAll(WORD)) {
    const whole = match[0];
    for (const word of splitWords(fold(whole))) {
      words.push(word);
      places.push({ start: match.index, end: match.index + whole.length });
    }
  }
  for (let at = 0; at < words.length;) {
    const tokens: string[] = [];
    const used = pushTokens(words, at, tokens);
    const start = places[at]!.start;
    const end = places[at + used - 1]!.end;
    for (const token of tokens) found.push({ token, start, end });
    at += used;
  }
  return found;
}

/** Like `tokenize`, with each token's words as they were written, in lower case. */
export const tokenizeAsWritten = (text: string): { token: string; written: string }[] =>
  tokenizeWithPlaces(text).map(({ token, start, end }) => ({
    token,
    written: text.slice(start, end).toLowerCase(),
  }));

// eslint-disable-next-line security/detect-unsafe-regex -- linear, as above
const FOLDED_WORD = /[\p{L}\p{N}\p{M}]+(?:'\p{L}+)*(?:-[\p{L}\p{N}\p{M}]+(?:'\p{L}+)*)*/gu;
// eslint-disable-next-line security/detect-unsafe-regex -- linear, as above
const PLAIN_WORD = /[a-z0-9]+(?:'[a-z]+)*(?:-[a-z0-9]+(?:'[a-z]+)*)*/g;

function splitWords(folded: string): string[] {
  const words: string[] = [];
  for (const raw of folded.match(PLAIN.test(folded) ? PLAIN_WORD : FOLDED_WORD) ?? []) {
    const word = raw.includes("'") ? raw.replace(/'s\b/g, '').replaceAll("'", '') : raw;
    if (!word.includes('-')) words.push(word);
    else words.push(word.replaceAll('-', '') + JOINED, ...word.split('-'));
  }
  return words;
}

/** Marks the joined form of a compound: its parts follow. */
const JOINED = '\u0000';

/** Adds the tokens of the word at `at`, and of the phrase that begins there; returns how many words that used. */
function pushTokens(words: readonly string[], at: number, tokens: string[]): number {
  const word = words[at]!;
  if (word.endsWith(JOINED)) {
    const joined = word.slice(0, -1);
    if (joined.length > 3 || SAME_WORDS.has(joined)) pushWord(SAME_WORDS.get(joined) ?? joined, tokens);
    return 1;
  }
  if (PHRASE_STARTS.has(word)) {
    for (const length of [3, 2]) {
      const same = SAME_WORDS.get(words.slice(at, at + length).join(' '));
      if (same === undefined || at + length > words.length) continue;
      pushWord(same, tokens);
      return length;
    }
  }
  if (!STOP_WORDS.has(word)) pushWord(SAME_WORDS.get(word) ?? word, tokens);
  return 1;
}

function pushWord(words: string, tokens: string[]): void {
  if (words.includes(' ')) for (const word of words.split(' ')) tokens.push(stemKnown(word));
  else tokens.push(stemKnown(words));
}
