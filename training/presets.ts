import { type EaseParameters } from './fitEase.ts';

/**
 * RDLAE's parameters when nobody searches.
 * @param entries the ratings that count in X
 */
export function presetParameters(_titles: number, _entries: number): EaseParameters {
  return { algorithm: 'rdlae', lambda: 200, dropout: 0.3, xi: 0.1 };
}
