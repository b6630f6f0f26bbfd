import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bm25 } from '../../src/retrieval/bm25.ts';
import {
  buildDense,
  defaultTokenVectors,
  scoreDense,
  TokenVectors,
  toUnitLength,
} from '../../src/retrieval/dense.ts';
import { fuse } from '../../src/retrieval/fuse.ts';
import { TextFit } from '../../src/retrieval/textFit.ts';
import type { TextDocument } from '../../src/retrieval/textIndex.ts';
import { fold, tokenize, tokenizeWithPlaces } from '../../src/retrieval/tokenize.ts';
import { WordPiece } from '../../src/retrieval/wordPiece.ts';
import { starterDocuments, starterTitles } from './starter.ts';

describe('fold', () => {
  it('makes one spelling of accents, ligatures, quotes and &', () => {
    expect(fold('Amélie & Łódź, Straße, Ærø, “Léon” – don’t')).toBe(
      'amelie  and  lodz, strasse, aero, "leon" - don\'t',
    );
  });
  it('keeps other scripts, with the marks that are letters there', () => {
    expect(fold('千と千尋の神隠し が 기생충 Привет')).toBe('千と千尋の神隠し が 기생충 привет');
  });
});

describe('tokenize', () => {
  it('gives every spelling of science fiction one token', () => {
    for (const spelling of ['sci-fi', 'scifi', 'Sci Fi', 'science fiction', 'Science-Fiction', 'SF'])
      expect(tokenize(spelling), spelling).toContain('scifi');
    expect(tokenize('the science of fiction')).not.toContain('scifi');
  });
  it('keeps a compound joined and split, numbers, and no stop words', () => {
    expect(tokenize('a one-shot from 1999')).toEqual(['oneshot', 'one', 'shot', '1999']);
  });
  it('lets inflections meet', () => {
    for (const [one, other] of [
      ['heists', 'heist'],
      ['stories', 'story'],
      ['running', 'run'],
      ['animated', 'animation'],
      ['loving', 'loved'],
      ['churches', 'church'],
    ])
      expect(tokenize(one!), one).toEqual(tokenize(other!));
  });
  it('says where each token stands', () => {
    const text = 'A One-shot, “neo-noir”!';
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (any) => {
        for (const { start, end } of tokenizeWithPlaces(any))
          expect(start < end && end <= any.length).toBe(true);
      }),
    );
    expect(tokenizeWithPlaces(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'One-shot',
      'One-shot',
      'One-shot',
      'neo-noir',
      'neo-noir',
      'neo-noir',
    ]);
  });
  it('survives words that are properties of every object', () =>
    expect(tokenize('constructor valueOf')).toEqual(['constructor', 'valueof']));
});

describe('Bm25', () => {
  const texts = [
    ['heat', 'bank heist crew'],
    ['ghost', 'a heist'],
    ['', 'a quiet love story about nothing'],
  ];
  const fields = [
    { name: 'title', weight: 2, lengthNormalisation: 0 },
    { name: 'plot', weight: 1, lengthNormalisation: 1 },
  ];
  const index = Bm25.build(3, fields, (row) => texts[row]!.map((text) => [{ text, strength: 1 }]));

  it('scores by the formula', () => {
    const out = new Float32Array(3);
    index.score([{ token: index.find('heist'), weight: 1 }], out);
    // Plot lengths 3, 1, 4 (stop words out): mean 8/3. n = 2 of 3.
    const idf = Math.log(1 + 1.5 / 2.5);
    const impact = (length: number) => { const tf = 1 / (length / (8 / 3)); return (idf * tf) / (1.2 + tf); }; // prettier-ignore
    expect(out[0]).toBeCloseTo(impact(3), 5);
    expect(out[1]).toBeCloseTo(impact(1), 5);
    expect(out[2]).toBe(0);
    expect(index.impactOf(index.find('heist'), 1)).toBeCloseTo(impact(1), 5);
    expect(index.impactOf(index.find('heist'), 2)).toBe(0);
  });
  it('does not find a token that no document has', () => expect(index.find('zebra')).toBe(-1));
});

describe('TokenVectors', () => {
  it('splits words into the longest known pieces', () => {
    const pieces = new WordPiece(['un', '##believ', '##able', 'heat', '##s']);
    expect(pieces.encode('Unbelievable HEATS, xyz')).toEqual([0, 1, 2, 3, 4]);
  });
  it('puts near meanings near', () => {
    const vectors = defaultTokenVectors()!;
    const cosine = (a: string, b: string) => {
      const [x, y] = [vectors.embed(a), vectors.embed(b)];
      return x.reduce((sum, value, at) => sum + value * y[at]!, 0);
    };
    expect(cosine('scary ghost', 'haunted horror')).toBeGreaterThan(
      cosine('scary ghost', 'wedding comedy') + 0.1,
    );
    expect(cosine('spaceship', 'astronauts in orbit')).toBeGreaterThan(
      cosine('spaceship', 'medieval romance') + 0.1,
    );
  });
  it('refuses what is no table, and a table cut short', () => {
    expect(() => new TokenVectors(new Uint8Array(40), 'a\n')).toThrow('not a Marquee table');
    const table = new Uint8Array(30);
    table.set([...'MQTV0001'].map((letter) => letter.charCodeAt(0)));
    new DataView(table.buffer).setUint32(8, 9, true);
    expect(() => new TokenVectors(table, 'a\n')).toThrow('cut short');
  });
  it('scores int8 rows as the exact cosine within a hundredth', () => {
    const rows = Array.from({ length: 5 }, (_, row) =>
      toUnitLength(Float32Array.from({ length: 16 }, (_, at) => Math.sin(row * 7 + at * 3))),
    );
    const dense = buildDense(5, 16, (row) => rows[row]!);
    const out = new Float32Array(5);
    scoreDense(dense, rows[2]!, out);
    rows.forEach((row, at) =>
      expect(out[at]).toBeCloseTo(
        row.reduce((sum, value, k) => sum + value * rows[2]![k]!, 0),
        2,
      ),
    );
  });
});

describe('fuse', () => {
  const first = Float32Array.of(3, 1, 0, 0);
  const second = Float32Array.of(0, 1, 2, 0);
  it('adds z-scores', () => {
    expect(fuse('zScore', first, second, 1)(0)).toBeCloseTo((3 - 1) / Math.sqrt(1.5), 5);
    const both = fuse('zScore', first, second, 0.25);
    expect(both(2)).toBeCloseTo(0.25 * (-1 / Math.sqrt(1.5)) + 0.75 * (1.25 / Math.sqrt(0.6875)), 5);
  });
  it('lets a list of equal values decide nothing', () => {
    const joined = fuse('zScore', first, Float32Array.of(7, 7, 7, 7), 0.5);
    expect(joined(0)).toBeCloseTo(1 / Math.sqrt(1.5), 5);
  });
  it('adds reciprocal ranks', () => {
    const joined = fuse('reciprocalRank', first, second, 0.5);
    expect(joined(0)).toBeCloseTo(0.5 / 61, 6);
    expect(joined(1)).toBeCloseTo(0.5 / 62 + 0.5 / 62, 6);
    expect(joined(3)).toBe(0);
  });
});

describe('TextFit', () => {
  const fit = TextFit.build(starterDocuments());
  const best = (query: string, count: number, of = fit) => {
    const out = new Float32Array(starterTitles.length);
    of.score(query, out);
    return [...out.keys()]
      .sort((a, b) => out[b]! - out[a]!)
      .slice(0, count)
      .map((row) => starterTitles[row]!.title);
  };

  it('finds titles by what they are about', () => {
    expect(best('dinosaurs on an island', 3)).toContain('Jurassic Park');
    expect(best('mafia family saga', 5)).toContain('The Godfather');
    expect(best('stolen dreams heist', 3)).toContain('Inception');
  });
  it('forgives a typo', () => expect(best('dinosuars on an island', 3)).toContain('Jurassic Park'));
  it.each(['', 'asdf qwer zxcv', '泣ける日本映画'])(
    'gives nothing to a query of no known word: "%s"',
    (said) => {
      for (const score of ['score', 'scoreWish'] as const) {
        const out = new Float32Array(starterTitles.length).fill(7);
        fit[score](said, out);
        expect(out.every((value) => value === 0)).toBe(true);
        fit[score](`${said} dinosaurs`, out);
        expect(out.some((value) => value > 0)).toBe(true);
      }
    },
  );
  it('ranks by nothing that was refused: "no zombies" does not lead to zombies', () => {
    const row = starterTitles.findIndex(({ title }) => title === 'Shaun of the Dead');
    expect(fit.matched('a comedy with no zombies', row).join(' ')).not.toContain('zombie');
    expect(best('a comedy with no zombies', 5)).not.toContain('Shaun of the Dead');
  });
  it('says which tags and words matched, most telling first', () => {
    const row = starterTitles.findIndex(({ title }) => title === 'Jurassic Park');
    const matched = fit.matched('an exciting island full of dinosaurs', row);
    expect(matched[0]).toBe('dinosaurs');
    expect(matched).toEqual(expect.arrayContaining(['island', 'exciting']));
    expect(fit.matched('courtroom', row)).toEqual([]);
  });
  it('is the same after it was written and read', () => {
    const revived = TextFit.revive(structuredClone(fit.state));
    expect(best('lonely robot in space', 20, revived)).toEqual(best('lonely robot in space', 20));
  });
  it('works on words alone', () => {
    const plain = TextFit.build(starterDocuments(), { vectors: null });
    expect(plain.state.dense).toBeNull();
    expect(best('dinosaurs on an island', 1, plain)).toEqual(['Jurassic Park']);
  });
  it('takes titles without any text, and none at all', () => {
    const bare: TextDocument = {
      names: [],
      people: [],
      genres: [],
      tags: [],
      keywords: [],
      plot: '',
      popularity: 0,
    };
    const out = new Float32Array(2);
    TextFit.build([bare, { ...bare, plot: 'a heist' }]).score('heist', out);
    expect(out[0]).toBe(0);
    expect(out[1]).toBeGreaterThan(0);
    expect(() => TextFit.build([]).score('heist', new Float32Array(0))).not.toThrow();
  });
});
