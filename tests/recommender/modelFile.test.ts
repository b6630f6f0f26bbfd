import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHalfFloats, toHalfFloats } from '../../src/recommender/halfFloats.ts';
import { decodeModel, encodeModel } from '../../src/recommender/modelFile.ts';
import { modelOfWeights } from './smallModel.ts';

const WEIGHTS = [
  [0, 0.1, -0.25],
  [0.3, 0, 0],
  [0, 0, 0],
];
const model = modelOfWeights(WEIGHTS);
const file = Buffer.concat(encodeModel(model));

/** The file with its header's JSON changed and everything else, checksum included, as an honest writer would leave it. */
const rewritten = (change: object) =>
  Buffer.concat(encodeModel({ ...model, header: { ...model.header, ...change } }));

describe('a model file', () => {
  it('comes back as it was written', () => expect(decodeModel(file)).toEqual(model));

  it('reads from a buffer that begins anywhere', () => {
    const shifted = Buffer.concat([Buffer.alloc(3), file]).subarray(3);
    expect(decodeModel(shifted)).toEqual(model);
  });

  it('with half-precision values is smaller and within a two-thousandth', () => {
    const half = Buffer.concat(encodeModel(modelOfWeights(WEIGHTS, 'f16')));
    expect(half.length).toBeLessThan(file.length);
    const { values } = decodeModel(half);
    values.forEach((value, at) => expect(Math.abs(value / model.values[at]! - 1)).toBeLessThan(1 / 2000));
  });

  it('of a model without titles is a file too', () => {
    expect(decodeModel(Buffer.concat(encodeModel(modelOfWeights([])))).movieIds).toHaveLength(0);
  });
});

describe('a model file is refused, with the reason,', () => {
  it('when it is something else', () => {
    expect(() => decodeModel(Buffer.from('{"model": true}'))).toThrow('it is not a Marquee model file');
    expect(() => decodeModel(Buffer.alloc(0))).toThrow('it is not a Marquee model file');
  });

  it('when it has another version', () => {
    const newer = Buffer.from(file);
    newer.writeUInt32LE(2, 8);
    expect(() => decodeModel(newer)).toThrow('it has format version 2, this program reads version 1');
  });

  it('when it is cut short anywhere', () => {
    for (let length = 8; length < file.length; length++)
      expect(() => decodeModel(file.subarray(0, length))).toThrow('cut short');
  });

  it('when something was added', () => {
    expect(() => decodeModel(Buffer.concat([file, Buffer.alloc(8)]))).toThrow('too long');
  });

  it('when any byte was changed', () => {
    for (let at = 0; at < file.length; at++) {
      const damaged = Buffer.from(file);
      damaged[at]! ^= 0x10;
      expect(() => decodeModel(damaged), `byte ${at}`).toThrow('The model file was refused');
    }
  });

  it('when it was trained on other ratings than those asked for', () => {
    expect(decodeModel(file, { dataHash: 'abc' }).header.dataHash).toBe('abc');
    expect(() => decodeModel(file, { dataHash: 'xyz' })).toThrow('it was trained on other ratings');
  });

  it('when its header or rows cannot be', () => {
    expect(() => decodeModel(rewritten({ titles: -1 }))).toThrow('its header cannot be read');
    expect(() => decodeModel(rewritten({ entries: 5 }))).toThrow('instead of');
    const wild = { ...model, columns: Uint16Array.from([1, 2, 900]) };
    expect(() => decodeModel(Buffer.concat(encodeModel(wild)))).toThrow('its rows are inconsistent');
    const backwards = { ...model, rowStart: Uint32Array.from([0, 3, 2, 3]) };
    expect(() => decodeModel(Buffer.concat(encodeModel(backwards)))).toThrow('its rows are inconsistent');
    const twice = { ...model, movieIds: Int32Array.from([10, 10, 30]) };
    expect(() => decodeModel(Buffer.concat(encodeModel(twice)))).toThrow('movieId 10 stands twice');
  });
});

describe('half precision', () => {
  it('keeps every half as it is', () => {
    const halves = Uint16Array.from({ length: 65_536 }, (_, at) => at).filter(
      (bits) => (bits & 0x7c00) !== 0x7c00 || (bits & 1023) === 0,
    );
    expect(toHalfFloats(fromHalfFloats(halves))).toEqual(halves);
  });

  it('is the nearest half of any number in reach', () => {
    fc.assert(
      fc.property(fc.float({ min: -60_000, max: 60_000, noNaN: true }), (value) => {
        const [half] = toHalfFloats(Float32Array.of(value));
        const near = [half! - 1, half!, half! + 1].filter((bits) => bits >= 0 && bits < 65_536);
        const errors = near
          .map((bits) => Math.abs(fromHalfFloats(Uint16Array.of(bits))[0]! - value))
          .filter(Number.isFinite);
        expect(Math.abs(fromHalfFloats(Uint16Array.of(half!))[0]! - value)).toBe(Math.min(...errors));
      }),
    );
  });
});
