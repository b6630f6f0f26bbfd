const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** Looked up with words of files: a Map, for an object would find `constructor` in itself. */
const LANGUAGES = new Map(
  Object.entries({
    cn: 'Cantonese',
    zh: 'Chinese',
    xx: '',
    nb: 'Norwegian',
    sh: 'Serbo-Croatian',
  }),
);
const COUNTRIES = new Map(Object.entries({
  usa: 'United States', 'u.s.a.': 'United States', us: 'United States', 'united states of america': 'United States',
  uk: 'United Kingdom', 'u.k.': 'United Kingdom', england: 'United Kingdom', 'great britain': 'United Kingdom',
  'republic of korea': 'South Korea', korea: 'South Korea', 'russian federation': 'Russia', 'czechia': 'Czech Republic',
  'hong kong sar china': 'Hong Kong', 'türkiye': 'Turkey', 'macao sar china': 'Macau',
})); // prettier-ignore

/** `fr` and `French` → "French"; null for what is no language. */
export function languageName(text: string): string | null {
  const name = text.trim();
  const own = LANGUAGES.get(name.toLowerCase());
  if (own !== undefined) return own || null;
  if (/^[a-z]{2,3}$/i.test(name)) return languageNames.of(name.toLowerCase()) ?? null;
  return name === '' ? null : name;
}

/** `US`, `USA`, `United States of America` → "United States"; null for nothing. */
export function countryName(text: string): string | null {
  const name = text.trim();
  const own = COUNTRIES.get(name.toLowerCase());
  if (own !== undefined) return own;
  if (/^[A-Z]{2}$/.test(name)) {
    const full = countryNames.of(name);
    return full === undefined ? null : (COUNTRIES.get(full.toLowerCase()) ?? full);
  }
  return name === '' ? null : name;
}

/** Origins as Wikipedia Movie Plots gives them; the rest are no countries. */
const ORIGINS = new Map(Object.entries({
  american: 'United States', british: 'United Kingdom', australian: 'Australia', canadian: 'Canada', japanese: 'Japan',
  chinese: 'China', 'hong kong': 'Hong Kong', 'south_korean': 'South Korea', 'south korean': 'South Korea', russian: 'Russia',
  turkish: 'Turkey', malaysian: 'Malaysia', philippine: 'Philippines', egyptian: 'Egypt', bangladeshi: 'Bangladesh',
  maldivian: 'Maldives', assamese: 'India', bengali: 'India', bollywood: 'India', kannada: 'India', malayalam: 'India',
  marathi: 'India', punjabi: 'India', tamil: 'India', telugu: 'India',
})); // prettier-ignore

export const countryOfOrigin = (origin: string): string | null =>
  ORIGINS.get(origin.trim().toLowerCase()) ?? null;

/**
 * Origins that are a language: films of India are listed by it. A country says little of the language ("American" films in
 * Spanish, "Canadian" ones in French), and is no origin here.
 */
const ORIGIN_LANGUAGES = new Map(Object.entries({
  assamese: 'Assamese', bengali: 'Bengali', bollywood: 'Hindi', kannada: 'Kannada', malayalam: 'Malayalam', marathi: 'Marathi',
  punjabi: 'Punjabi', tamil: 'Tamil', telugu: 'Telugu',
})); // prettier-ignore

export const languageOfOrigin = (origin: string): string | null =>
  ORIGIN_LANGUAGES.get(origin.trim().toLowerCase()) ?? null;
