import type { Drawn, Draw } from './drawTasks.ts';
import { PROSE } from './prose.ts';
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

export type TellingStyle = 'sentences' | 'prose';

/** Eight ratings in varied sentences, single and in lists, then the wish: one or more queries. */
export function tellTask(
  told: Drawn['told'],
  queries: readonly string[],
  draw: Draw,
  style: TellingStyle = 'sentences',
): { prompt: string; opinions: ToldOpinion[] } {
  const sentences = style === 'prose' ? tellInProse(told, draw) : tellByVerdict(told, draw);
  const opinions = told.map(({ title, rating }) => ({
    title: title.title,
    year: title.year,
    rating: SAID_RATING[verdictOf(rating)],
  }));
  const wish = fill(pick(WISHES, draw), queries.map(asWish).join(' '));
  return { prompt: [...sentences, wish].join(' '), opinions };
}

function tellByVerdict(told: Drawn['told'], draw: Draw): string[] {
  const byVerdict = new Map<Verdict, Drawn['told']>();
  for (const one of told) {
    const verdict = verdictOf(one.rating);
    byVerdict.set(verdict, [...(byVerdict.get(verdict) ?? []), one]);
  }
  return shuffled(
    [...byVerdict].flatMap(([verdict, group]) => tellGroup(verdict, group, draw)),
    draw,
  );
}

/** Sentences with several verdicts, as long as one can be filled; what is left over is told plainly. */
function tellInProse(told: Drawn['told'], draw: Draw): string[] {
  let left = [...told];
  const sentences: string[] = [];
  for (const pattern of shuffled(PROSE, draw)) {
    const rest = [...left];
    let isFilled = true;
    const sentence = pattern.replace(/\{(\w+)\}/g, (_slot, verdict: string) => {
      const at = rest.findIndex(({ rating }) => verdictOf(rating) === verdict);
      if (at < 0) isFilled = false;
      return at < 0 ? '' : nameOf(rest.splice(at, 1)[0]!.title, draw);
    });
    if (!isFilled) continue;
    sentences.push(sentence);
    left = rest;
  }
  return [...sentences, ...tellByVerdict(left, draw)];
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
