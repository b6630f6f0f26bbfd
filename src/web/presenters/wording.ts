import type { Title } from '../../domain.ts';

/** 3.5 → "3½", 0.5 → "½", 4 → "4". */
export function starsInWords(rating: number): string {
  const whole = Math.floor(rating);
  return rating === whole ? String(whole) : `${whole === 0 ? '' : whole}½`;
}

/** 3.5 → "★★★½". */
export function starsAsText(rating: number): string {
  return '★'.repeat(Math.floor(rating)) + (rating % 1 === 0 ? '' : '½');
}

/** A person's own stars beside a title: as they are seen, and as they are read out. */
export const ownStars = (rating: number | null): { text: string; spoken: string } | null =>
  rating === null ? null : { text: starsAsText(rating), spoken: `you gave it ${rating} of 5` };

/** A signed share of one as people read it: +29 %, −6 %. Never a bare −0. */
export function signedPercent(share: number): string {
  const percent = Math.round(share * 100);
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent)}\u00a0%`;
}

/** .84 for .84, 1 for 1: two decimals without a leading nought. */
export function twoDecimals(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return (value < 0 ? '−' : '') + (text.startsWith('0') ? text.slice(1) : text);
}

/** "1 title", "18,515 titles". */
export function countOf(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and c". */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`;
}

/** 113 → "1 h 53 min", 45 → "45 min". */
export function runtimeInWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** The title's page at IMDb when it is known, else a search for it there. */
export function imdbAddress(title: Pick<Title, 'imdbId' | 'title' | 'year'>): string {
  return title.imdbId
    ? `https://www.imdb.com/title/${title.imdbId}/`
    : `https://www.imdb.com/find/?q=${encodeURIComponent(`${title.title} ${title.year}`)}`;
}

export const titleAddress = (movieId: number): string => `/titles/${movieId}`;
export const searchAddress = (query: string): string => `/search?q=${encodeURIComponent(query)}`;
export const tagAddress = (name: string): string => `/lite?tag=${encodeURIComponent(name)}`;
