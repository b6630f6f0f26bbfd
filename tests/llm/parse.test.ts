import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanReason } from '../../src/llm/cleanText.ts';
import { completeObjects, parseObject } from '../../src/llm/parse.ts';
import { readScore, ScoreReader, shortId } from '../../src/llm/readScores.ts';
import { readUnderstanding } from '../../src/llm/readUnderstanding.ts';

describe('parseObject', () => {
  const wanted = { a: 1, b: ['x', 'y'], c: { d: null } };
  const texts = {
    plain: '{"a":1,"b":["x","y"],"c":{"d":null}}',
    fenced: '```json\n{"a":1,"b":["x","y"],"c":{"d":null}}\n```',
    chatty: 'Sure! Here\'s what I found {as JSON}:\n{"a":1,"b":["x","y"],"c":{"d":null}}\nHope that helps!',
    'with trailing commas': '{"a":1,"b":["x","y",],"c":{"d":null,},}',
    'with single quotes': "{'a':1,'b':['x','y'],'c':{'d':None}}",
    'with bare keys': '{a: 1, b: ["x", "y"], c: {d: null}}',
  };
  for (const [name, text] of Object.entries(texts))
    it(`reads an answer ${name}`, () => expect(parseObject(text)).toEqual(wanted));

  it('closes an answer that was cut off after its last complete value', () => {
    expect(parseObject('{"opinions":[{"title":"Heat","rating":5},{"title":"Ron')).toMatchObject({
      opinions: [{ title: 'Heat', rating: 5 }],
    });
    expect(parseObject('{"preferences":"slow","wishes":["a","b')).toMatchObject({ preferences: 'slow' });
  });

  it('finds nothing in prose, a web page or broken marks', () => {
    for (const text of ['', 'no', '<html><body>502</body></html>', '}}}{{{', '[1,2'])
      expect(parseObject(text)).toBeNull();
  });

  it('gives back any object of strings and numbers, whatever stands around it', () => {
    const value = fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
      fc.oneof(fc.string(), fc.integer(), fc.boolean()),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(value, (given) => {
        expect(parseObject(`Here it is:\n\`\`\`json\n${JSON.stringify(given, null, 1)}\n\`\`\``)).toEqual({
          ...given,
        });
      }),
    );
  });

  it('never throws and is quick on anything', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 2_000, unit: 'binary' }),
        (text) => void [parseObject(text), readUnderstanding(text, text)],
      ),
    );
    const before = process.cpuUsage();
    for (const hard of [
      '{'.repeat(50_000),
      '{"a":"'.repeat(20_000),
      '{"a":['.repeat(20_000),
      '\'"{'.repeat(30_000),
    ])
      parseObject(hard);
    // Its own time, whatever else the machine is doing.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3_000);
  });
});

const item = fc.record({
  score: fc.double({ min: 0, max: 5, noNaN: true }),
  reason: fc.string({ maxLength: 80 }).map((text) => text.replace(/[{}]/g, '')),
});

describe('ScoreReader', () => {
  const feed = (text: string, ids: string[], cuts: number[] = []) => {
    const reader = new ScoreReader(ids);
    const ends = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
    const found = [...ends, text.length]
      .map((end, at) => text.slice(ends[at - 1] ?? 0, end))
      .flatMap((piece) => reader.push(piece));
    return { found: [...found, ...reader.end(true)], missing: reader.missing };
  };

  it('finds the same scores wherever a stream is cut into pieces', () => {
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(3_000), { maxLength: 12 }),
        (items, cuts) => {
          const ids = items.map((_, at) => shortId(at + 1));
          const text = JSON.stringify({ scores: items.map((one, at) => ({ id: ids[at], ...one })) });
          const { found, missing } = feed(text, ids, cuts);
          expect(missing).toEqual([]);
          expect(found.map(({ score }) => score)).toEqual(items.map(({ score }) => score));
        },
      ),
    );
  });

  it('keeps every complete item of a list that was cut off anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 2, maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (items, share) => {
          const ids = items.map((_, at) => shortId(at + 1));
          const parts = items.map((one, at) => JSON.stringify({ id: ids[at], ...one }));
          const text = `{"scores":[${parts.join(',')}]}`;
          const cut = Math.floor(text.length * share);
          let end = '{"scores":['.length;
          const complete = parts.filter((part) => (end += part.length + 1) - 1 <= cut).length;
          expect(feed(text.slice(0, cut), ids).found.length).toBe(complete);
        },
      ),
    );
  });

  it('takes only the ids asked for, each once, the first one', () => {
    const text =
      '[{"id":"c02","score":1},{"id":"C2","score":5},{"id":"c99","score":5},{"id":1,"score":"4/5"},{"id":"title","score":3}]';
    expect(feed(text, ['c01', 'c02']).found).toEqual([
      { id: 'c02', score: 1, reason: '' },
      { id: 'c01', score: 4, reason: '' },
    ]);
  });

  it('reads lines, with and without marks of a list', () => {
    const text =
      'Here you go:\nc01 | 4.2 | Quiet and tense.\n- **c02**: 3/5 - Too long, c03 is better\n| c03 | 5 | Good |\nc04 is not among the 3';
    expect(feed(text, ['c01', 'c02', 'c03', 'c04'])).toEqual({
      found: [
        { id: 'c01', score: 4.2, reason: 'Quiet and tense.' },
        { id: 'c02', score: 3, reason: 'Too long, c03 is better' },
        { id: 'c03', score: 5, reason: 'Good' },
      ],
      missing: ['c04'],
    });
  });

  it('never throws on anything', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (pieces) => {
        const reader = new ScoreReader(['c01']);
        for (const piece of pieces) reader.push(piece);
        reader.end(true);
        expect(reader.missing.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('readScore', () => {
  it('reads numbers and texts, clamps slips and drops nonsense', () => {
    const cases: [unknown, number | null][] = [
      [4, 4], ['4', 4], ['4.5', 4.5], ['4,5', 4.5], ['8/10', 4], ['4 out of 5', 4], [7, 5], [-1, 0], ['12', 5],
      [16, null], [-11, null], [NaN, null], [Infinity, null], ['four', null], ['', null], [null, null], [true, null], [{}, null], ['about 4', null],
    ]; // prettier-ignore
    for (const [given, wanted] of cases) expect([given, readScore(given)]).toEqual([given, wanted]);
  });
});

describe('cleanReason', () => {
  it('leaves neither markup nor links, in at most 160 characters', () => {
    expect(cleanReason('<b>Great</b> [here](http://evil.example) and https://x.example/y **now**')).toBe(
      'Great here and now',
    );
    expect(cleanReason('<img src=x onerror=alert(1)>Good')).toBe('Good');
    const long = cleanReason('word '.repeat(100));
    expect(long.length).toBeLessThanOrEqual(160);
    expect(long.endsWith('word…')).toBe(true);
    fc.assert(
      fc.property(fc.string({ maxLength: 1_000, unit: 'binary' }), (text) => {
        const clean = cleanReason(text);
        expect(clean.length).toBeLessThanOrEqual(160);
        expect(clean).not.toMatch(/[<>{}\n]|https?:\/\//);
      }),
    );
  });
});

describe('completeObjects', () => {
  it('goes on where it stopped', () => {
    const text = '{"scores":[{"id":"c01"},{"id":"c0';
    const { objects, end } = completeObjects(text);
    expect(objects).toEqual([{ id: 'c01' }]);
    expect(completeObjects(text + '2"}]}', end).objects).toEqual([{ id: 'c02' }]);
  });
});
