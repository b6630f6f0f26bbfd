import { type Algorithm, type EaseParameters } from './fitEase.ts';

/**
 * RDLAE's parameters when nobody searches, by measurement: nDCG@10 of held-out likes of people outside training, graded
 * input, one seed. The optimum is flat in all three; neighbours on the grid lie within .001 of it.
 *
 * | data | titles | ratings in X | best of 36 | these presets | best EASE |
 * |---|---|---|---|---|---|
 * | ml-100k | 875 | 64,000 | .3799 | .3774 | .3786 |
 * | sample archive, 4,000 people, 1,250 titles | 1,250 | 267,000 | .3744 | .3738 | .3692 |
 * | sample archive, 2,500 titles | 2,500 | 500,000 | .3785 | .3785 | .3698 |
 *
 * On ml-100k there are 185 people to measure on, so that its third decimals are noise (λ 400, ξ .1 gives .3781 there);
 * asked about all 928 of its people as promotion does, the presets give .4148, λ 400 with ξ .1 .4066, EASE at λ 200 .4110.
 * λ grows slowly with the data: on the full Tag Genome (9.6 million ratings) the classic of this project found 10,000 to
 * 15,000 for plain EASE with ratings / 5.
 * DAN's α lies between what protocols A (.1) and B (.3) choose; β stays 0, so that people can be taken out exactly.
 * @param entries ratings that count in X
 */
export function presetParameters(entries: number, algorithm: Algorithm = 'rdlae'): EaseParameters {
  const lambda = entries < 1_000_000 ? 200 : Math.round(200 * Math.sqrt(entries / 1_000_000));
  return { algorithm, lambda, dropout: 0.35, xi: 0.2, ...(algorithm === 'dan' && { alpha: 0.2, beta: 0 }) };
}
