import { readdirSync, readFileSync } from 'node:fs';
import { hashText } from '../../src/seededRandom.ts';
import type { PosterSubject } from '../../src/posters/types.ts';

export const subject = (given: Partial<PosterSubject> = {}): PosterSubject => ({
  movieId: 1,
  title: 'Heat',
  year: 1999,
  byline: 'Michael Mann',
  genres: ['Drama'],
  tags: [],
  kind: 'movie',
  ...given,
});

type Line = {
  movieId: number | null;
  title: string;
  year: number;
  kind: 'movie' | 'tv';
  genres: string[];
  directors: string[];
  tags: Record<string, number>;
};

/** The starter catalogue as posters see it; titles that MovieLens does not have get a number from their name. */
export function starterSubjects(): PosterSubject[] {
  const folder = new URL('../../datasets/starter/titles/', import.meta.url);
  const lines = readdirSync(folder).flatMap((file) =>
    readFileSync(new URL(file, folder), 'utf8').split('\n'),
  );
  return lines.flatMap((text) => {
    if (text.trim() === '') return [];
    const { movieId, title, year, kind, genres, directors, tags } = JSON.parse(text) as Line;
    const strengths = Object.entries(tags).map(([name, percent]) => ({ name, relevance: percent / 100 }));
    return [{ movieId: movieId ?? hashText(title), title, year, kind, genres, byline: directors.slice(0, 2).join(', '), tags: strengths }]; // prettier-ignore
  });
}

/** Whether tags nest, attributes are quoted and named once, and no bare `<`, `&` or forbidden character is left. */
export function isWellFormed(svg: string): boolean {
  if (/\p{Cc}|\p{Cs}|[\ufffe\uffff]/u.test(svg)) return false;
  if (svg.replace(/&(amp|lt|gt|quot|#39);/g, '').includes('&')) return false;
  if (/[<>]/.test(svg.replace(/<[^<>]*>/g, ''))) return false;
  const open: string[] = [];
  for (const [tag] of svg.matchAll(/<[^<>]*>/g)) {
    if (tag.startsWith('</')) {
      if (open.pop() !== tag.slice(2, -1)) return false;
      continue;
    }
    const inside = tag.slice(1, tag.endsWith('/>') ? -2 : -1);
    const parts = inside.split('"');
    // name a="…" b="…": every other part is a value, the parts between are ` name=`.
    const names = parts.filter((_, i) => i % 2 === 0).map((part, i) => (i === 0 ? part.replace(/^[a-z]+/i, '') : part)); // prettier-ignore
    if (parts.length % 2 === 0 || names.pop() !== '') return false;
    if (names.some((name) => !/^ [a-z][a-z:-]*=$/i.test(name))) return false;
    if (new Set(names).size !== names.length) return false;
    if (!tag.endsWith('/>')) open.push(/^[a-z]+/i.exec(inside)?.[0] ?? '');
  }
  return open.length === 0;
}

const DRAWING = ['d', 'x', 'y', 'cx', 'cy', 'r', 'rx', 'ry', 'width', 'height', 'transform', 'stroke-width'];

/** The numbers of all attributes that draw. */
export function numbersOf(markup: string): number[] {
  const attributes = [...markup.matchAll(/ ([a-z-]+)="([^"]*)"/g)];
  return attributes
    .filter(([, name = '']) => DRAWING.includes(name))
    .flatMap(([, , value = '']) => value.match(/NaN|Infinity|-?[\d.]+/g) ?? [])
    .flatMap((text) => (text.split('.').length > 2 ? [] : [Number(text)]));
}
