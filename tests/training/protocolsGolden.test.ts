import { describe, expect, it } from 'vitest';
import { meanOf } from '../../training/evaluation/evaluate.ts';
import { wasmSolver } from '../../training/kernel/wasmSolver.ts';
import { protocolA } from '../../training/protocols/protocolA.ts';
import { protocolB } from '../../training/protocols/protocolB.ts';
import { protocolD } from '../../training/protocols/protocolD.ts';
import { readRatingData } from '../../training/protocols/readRatingData.ts';
import { runProtocol } from '../../training/protocols/runProtocol.ts';
import { sharedPath } from '../support/shared.ts';

const small = sharedPath('data/ml-100k');
const million = sharedPath('data/ml-1m');

describe.skipIf(!small)('protocol A on MovieLens-100k', () => {
  it('splits into 75,066 and 24,934 ratings and gives the golden numbers', { timeout: 180_000 }, async () => {
    const protocol = protocolA(await readRatingData(small!));
    expect([protocol.test.trainRatings, protocol.test.heldOutRatings]).toEqual([75_066, 24_934]);
    expect(protocol.test.people).toHaveLength(943);

    const solver = wasmSolver({ valueType: 'f64' });
    const { rows } = await runProtocol(solver, { ...protocol, validation: null });
    await solver.close();
    const golden = rows
      .filter(({ chosenOn }) => chosenOn === 'test')
      .map(({ algorithm, parameters, evaluation: { perPerson } }) => [
        algorithm,
        parameters['lambda'],
        ...['nDCG@10', 'MAP', 'precision@10', 'recall@10'].map((name) => meanOf(perPerson[name]!).toFixed(4)),
      ]);
    expect(golden).toEqual([
      ['ease', 500, '0.4829', '0.1491', '0.4198', '0.2277'],
      ['ease', 300, '0.4842', '0.1499', '0.4221', '0.2296'],
      ['edlae', 400, '0.4851', '0.1503', '0.4206', '0.2290'],
      ['rdlae', 400, '0.4908', '0.1526', '0.4281', '0.2334'],
    ]);
    // Without looking at the test part: presets.
    const preset = rows.find(({ algorithm, chosenOn }) => algorithm === 'rdlae' && chosenOn === 'preset')!;
    expect(meanOf(preset.evaluation.perPerson['nDCG@10']!)).toBeGreaterThan(0.4829);
  });
});

describe.skipIf(!small)('protocol D on MovieLens-100k', () => {
  it('asks only people known before the point in time, and keeps all later likes', async () => {
    const { test, notes } = protocolD(await readRatingData(small!));
    expect([test.trainRatings, test.heldOutRatings, test.people.length]).toEqual([79_999, 1_612, 98]);
    expect(notes.join(' ')).toContain('203 people');
  });
});

describe.skipIf(!million)('protocol B on MovieLens-1M', () => {
  it('reads likes from the file with unknown lower ratings and sets a fifth of the people apart', async () => {
    const data = await readRatingData(million!);
    expect(data.users.length).toBe(1_000_209);
    const { test, validation } = protocolB(data);
    expect(test.people).toHaveLength(1206);
    expect(validation!.matrix).toBe(test.matrix);
    expect(test.matrix.userStart.length - 1).toBe(data.userIds.length);
    expect(test.matrix.items.length).toBe(test.trainRatings);
  });

  it('is refused by protocol D by name', async () => {
    const data = await readRatingData(million!);
    expect(() => protocolD(data)).toThrow(/ratings_ge4_known\.csv\.gz: protocol D needs timestamps/);
  });
});
