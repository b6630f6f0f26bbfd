import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moveArticle, parseTitleForm } from '../../datasets/support/titleForm.ts';

describe('a MovieLens title', () => {
  test.each([
    ['Heat (1995)', 'Heat', 1995, null, []],
    ['Matrix, The (1999)', 'The Matrix', 1999, null, []],
    ['Blind Side, The  (2009)', 'The Blind Side', 2009, null, []],
    ['Seconds Apart (2011) ', 'Seconds Apart', 2011, null, []],
    ['Seven (a.k.a. Se7en) (1995)', 'Seven', 1995, null, ['Se7en']],
    ["European Vacation (aka National Lampoon's European Vacation) (1985)", 'European Vacation', 1985, null, ["National Lampoon's European Vacation"]],
    ['City of Lost Children, The (Cité des enfants perdus, La) (1995)', 'The City of Lost Children', 1995, 'La Cité des enfants perdus', []],
    ["Star Maker, The (Uomo delle stelle, L') (1995)", 'The Star Maker', 1995, "L'Uomo delle stelle", []],
    ['Yes, Madam (a.k.a. Police Assassins) (a.k.a. In the Line of Duty 2) (Huang gu shi jie) (1985)', 'Yes, Madam', 1985, 'Huang gu shi jie', ['Police Assassins', 'In the Line of Duty 2']],
    ['Babies (Bébé(s)) (2010)', 'Babies', 2010, 'Bébé(s)', []],
    ['Frontière(s) (2007)', 'Frontière(s)', 2007, null, []],
    ['(500) Days of Summer (2009)', '(500) Days of Summer', 2009, null, []],
    ['Birdman: Or (The Unexpected Virtue of Ignorance) (2014)', 'Birdman: Or (The Unexpected Virtue of Ignorance)', 2014, null, []],
    ['Beans of Egypt, Maine, The (1994)', 'The Beans of Egypt, Maine', 1994, null, []],
    ['Me, Myself & Irene (2000)', 'Me, Myself & Irene', 2000, null, []],
    ['Monsters, Inc. (2001)', 'Monsters, Inc.', 2001, null, []],
    ['2001: A Space Odyssey (1968)', '2001: A Space Odyssey', 1968, null, []],
    ['300 (2007)', '300', 2007, null, []],
    ['Black Mirror', 'Black Mirror', null, null, []],
    ['Death Note: Desu nôto (2006–2007)', 'Death Note: Desu nôto', null, null, []],
  ])('%s', (text, title, year, originalTitle, otherTitles) => {
    expect(parseTitleForm(text)).toEqual({ title, year, originalTitle, otherTitles });
  }); // prettier-ignore

  test('never comes out empty, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const form = parseTitleForm(text);
        expect(form.title === '').toBe(text.trim() === '');
      }),
    );
  });

  test('an article moves once: moving it again changes nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Thing', 'Vitelloni', 'Enfer'),
        fc.constantFrom('The', 'I', "L'"),
        (name, article) => {
          const moved = moveArticle(`${name}, ${article}`);
          expect(moveArticle(moved)).toBe(moved);
          expect(moved.startsWith(article)).toBe(true);
        },
      ),
    );
  });
});
