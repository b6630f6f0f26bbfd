import { describe, expect, it, vi } from 'vitest';
import { buildLabels, Labels } from '../../src/retrieval/labels.ts';
import { NearLabels } from '../../src/retrieval/nearLabels.ts';
import { TextFit } from '../../src/retrieval/textFit.ts';
import { strengthOfCount } from '../../src/retrieval/textIndex.ts';
import { taggedTitle } from './taggedTitle.ts';

/** Four films of potters, one of which nobody calls pottery, and six of other things. */
const CATALOGUE = [
  taggedTitle('One', ['pottery', 'kiln', 'glaze']),
  taggedTitle('Two', ['pottery', 'kiln', 'clay']),
  taggedTitle('Three', ['pottery', 'kiln']),
  taggedTitle('Four', ['kiln', 'glaze']),
  ...['garden', 'ocean', 'desert', 'opera', 'chess', 'cooking'].map((tag, at) =>
    taggedTitle(`Other ${at}`, [tag]),
  ),
];

function scores(said: string, kind: 'score' | 'scoreWish', documents = CATALOGUE, vectors?: null): number[] {
  const fit = TextFit.build(documents, vectors === null ? { vectors } : {});
  const out = new Float32Array(documents.length);
  fit[kind](said, out);
  return [...out];
}

describe('a wish', () => {
  it('finds what its best matches share, and a search does not', () => {
    expect(scores('pottery', 'score', CATALOGUE, null)[3]).toBe(0);
    const wished = scores('pottery', 'scoreWish', CATALOGUE, null);
    expect(wished[3]).toBeGreaterThan(0);
    expect(wished.slice(4)).toEqual([0, 0, 0, 0, 0, 0]);
  });
  it('counts what was said for more than what is shared', () => {
    const wished = scores('pottery', 'scoreWish', CATALOGUE, null);
    for (const said of wished.slice(0, 3)) expect(said).toBeGreaterThan(wished[3]!);
  });
  it('does not bring back through what is shared what it refuses', () => {
    expect(scores('pottery, no kiln', 'scoreWish', CATALOGUE, null)[3]).toBe(0);
  });
  it('finds a label by a word of the same meaning', () => {
    const documents = [
      ...Array.from({ length: 5 }, (_, at) => taggedTitle(`Doctor ${at}`, ['doctor'])),
      ...Array.from({ length: 40 }, (_, at) => taggedTitle(`Other ${at}`, ['chess'])),
    ];
    const plain = scores('physician', 'score', documents, null);
    expect(plain.every((score) => score === 0)).toBe(true);
    const wished = scores('physician', 'scoreWish', documents);
    const least = Math.min(...wished.slice(0, 5));
    expect(least).toBeGreaterThan(0);
    for (const other of wished.slice(5)) expect(other).toBeLessThan(least);
  });
  it('lays a word beside the labels once, however often it is said', () => {
    const documents = Array.from({ length: 40 }, (_, at) =>
      taggedTitle(`Film ${at}`, [at < 6 ? 'hallucination' : `tag ${at}`]),
    );
    const fit = TextFit.build(documents);
    const looked = vi.spyOn(NearLabels.prototype, 'near');
    const wishes = ['hallucinatory chess', 'chess', 'Hallucinatory chess', 'a hallucinatory dream'];
    for (const wish of wishes) fit.scoreWish(wish, new Float32Array(documents.length));
    // hallucinatory, chess, dream
    expect(looked).toHaveBeenCalledTimes(3);
    looked.mockRestore();
  });
  it('without any match stays without one', () =>
    expect(scores('zebra', 'scoreWish', CATALOGUE, null).every((score) => score === 0)).toBe(true));
  it('gives the same scores again after another wish', () => {
    const fit = TextFit.build(CATALOGUE);
    const once = new Float32Array(CATALOGUE.length);
    const again = new Float32Array(CATALOGUE.length);
    fit.scoreWish('pottery', once);
    fit.scoreWish('an opera by the ocean', again);
    fit.scoreWish('pottery', again);
    expect([...again]).toEqual([...once]);
  });
});

describe('what titles share', () => {
  const labels = new Labels(buildLabels(CATALOGUE));
  it('is led by what most of them have and few others do, at share 1', () => {
    const shared = [...labels.sharedBy([0, 1, 2], [1, 1, 1], 2)];
    expect(shared.map(([label]) => labels.tokensOf(label))).toEqual([['potteri'], ['kiln']]);
    // ln(10 ÷ 3) and ln(10 ÷ 4), three times each.
    expect(shared[0]![1]).toBe(1);
    expect(shared[1]![1]).toBeCloseTo(Math.log(10 / 4) / Math.log(10 / 3), 6);
  });
  it('is nothing when nothing weighs', () => expect(labels.sharedBy([0, 1], [0, 0], 5).size).toBe(0));
});

it('a tag of one person in four has half the strength of the commonest', () =>
  expect(strengthOfCount(1, 4)).toBe(0.5));
