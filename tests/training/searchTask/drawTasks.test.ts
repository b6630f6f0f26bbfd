import { expect, test } from 'vitest';
import { PROSE } from '../../../training/searchTask/prose.ts';
import { LISTS, SAID_RATING, SINGLE, verdictOf } from '../../../training/searchTask/phrasings.ts';
import { tellTask } from '../../../training/searchTask/tellRatings.ts';
import { namesTitle } from '../../../training/searchTask/drawTasks.ts';
import { cleanReply } from '../../../training/searchTask/writeMessages.ts';
import { seededRandom } from '../../../training/random.ts';
import { smallCatalogue } from '../../support/smallCatalogue.ts';

const { titles } = smallCatalogue();
const drawOf = (seed: number) => {
  const random = seededRandom(seed);
  return (among: number) => Math.floor(random() * among);
};
const told = [5, 5, 4.5, 4, 3, 2, 1, 0.5].map((rating, at) => ({ title: titles[at]!, rating }));

test.each(['sentences', 'prose'] as const)(
  'every told title stands in the text once it is told in %s, before the wish',
  (style) => {
    for (let seed = 1; seed <= 30; seed++) {
      const { prompt, opinions } = tellTask(told, ['a slow wish about lighthouses'], drawOf(seed), style);
      for (const { title } of told) expect(prompt).toContain(title.title);
      expect(prompt).not.toMatch(/[{}]/);
      expect(prompt.endsWith('a slow wish about lighthouses.')).toBe(true);
      expect(opinions.map(({ rating }) => rating)).toEqual([5, 5, 4, 4, 3, 2, 1, 1]);
    }
  },
);

test('there are more than forty ways of telling, and a sentence says what its verdict is worth', () => {
  const plain = [...Object.values(SINGLE), ...Object.values(LISTS)].flat();
  expect(new Set([...plain, ...PROSE]).size).toBeGreaterThan(80);
  expect([5, 4.5, 3.5, 2.5, 1.5].map((rating) => SAID_RATING[verdictOf(rating)])).toEqual([5, 4, 3, 2, 1]);
});

test('a query that names its target gives the answer away, also by the name before the colon or without its article', () => {
  const heat = titles.find(({ title }) => title === 'Heat')!;
  expect(namesTitle('crime dramas just like Heat.', heat)).toBe(true);
  expect(namesTitle('a heated argument between thieves', { ...heat, title: 'The Argument' })).toBe(true);
  expect(namesTitle('Films like alien 3', { ...heat, title: 'Alien: Resurrection' })).toBe(true);
  expect(namesTitle('A tense story about robbers', heat)).toBe(false);
});

test('what a model writes around its text is taken off', () => {
  expect(cleanReply('Sure, here is the text:\n\n"I loved Heat."')).toBe('I loved Heat.');
  expect(cleanReply('```text\nI loved Heat.\n```')).toBe('I loved Heat.');
  expect(cleanReply('I loved "Heat".')).toBe('I loved "Heat".');
});
