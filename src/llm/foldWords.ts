import { cutAt, plainData } from './cleanText.ts';

/** Lower case, no accents, words parted by one space, a space at either end. */
export function foldWords(words: string): string {
  const folded = words
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/&/g, ' and ')
    .replace(/['’]/g, '');
  return ` ${folded.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
}

/** One clean line of at most so many characters. */
export const tidy = (words: string, most: number): string =>
  cutAt(plainData(words).replace(/\s+/g, ' ').trim(), most);

/** Each once, empty ones left out. */
export const unique = <T>(values: T[]): T[] => [...new Set(values)].filter((value) => value !== '');
