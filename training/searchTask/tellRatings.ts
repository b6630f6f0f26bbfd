import type { Drawn, Draw } from './drawTasks.ts';
import { LISTS, SAID_RATING, SINGLE, verdictOf, WISHES, type Verdict } from './phrasings.ts';

/** One told rating as it stands in the text: the rating is the sentence's, not the person's to the half star. */
export interface ToldOpinion {
  title: string;
  year: number;
  rating: number;
}

/** Share of titles told with their year. */
const WITH_YEAR = 0.15;
/** A list names two to four titles. */
const LONGEST_LIST = 4;

/** Eight ratings in varied sentences, single and in lists, then the wish: one or more queries. */
export function tellTask(
  told: Drawn['told'],
  queries: readonly string[],
  draw: Draw,
): { prompt: string; opinions: ToldOpinion[] } {
  const byVerdict = new Map<Verdict, Drawn['told']>();
  for (const one of told) {
    const verdict = verdictOf(one.rating);
    byVerdict.set(verdict, [...(byVerdict.get(verdict) ?? []), one]);
  }
  const sentences = [...byVerdict].flatMap(([verdict, group]) => tellGroup(verdict, group, draw));
  const opinions = told.map(({ title, rating }) => ({
    title: title.title,
    year: title.year,
    rating: SAID_RATING[verdictOf(rating)],
  }));
  const wish = fill(pick(WISHES, draw), queries.map(asWish).join(' '));
  return { prompt: [...shuffled(sentences, draw), wish].join(' '), opinions };
}

function tellGroup(verdict: Verdict, group: Drawn['told'], draw: Draw): string[] {
  const sentences: string[] = [];
  for (let at = 0; at < group.length;) {
    const size = Math.min(group.length - at, 1 + draw(LONGEST_LIST));
    const names = group.slice(at, at + size).map(({ title }) => nameOf(title, draw));
    const pattern = pick(size === 1 ? SINGLE[verdict] : LISTS[verdict], draw);
    sentences.push(fill(pattern, joined(names)));
    at += size;
  }
  return sentences;
}

const nameOf = ({ title, year }: { title: string; year: number }, draw: Draw): string =>
  draw(100) < WITH_YEAR * 100 ? `${title} (${year})` : title;

const joined = (names: readonly string[]): string =>
  names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** Without the quotation marks some queries stand in, and ending like a sentence. */
function asWish(query: string): string {
  const bare = query.replace(/^["“]+|["”]+$/g, '').trim();
  return /[.!?]$/.test(bare) ? bare : `${bare}.`;
}

// A function, since "$&" in a title would be taken for a pattern.
const fill = (pattern: string, text: string): string => pattern.replace('{}', () => text);

const pick = <T>(list: readonly T[], draw: Draw): T => list[draw(list.length)]!;

function shuffled<T>(list: readonly T[], draw: Draw): T[] {
  const left = [...list];
  return list.map(() => left.splice(draw(left.length), 1)[0]!);
}
