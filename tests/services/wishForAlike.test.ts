import { describe, expect, it } from 'vitest';
import type { LocalReading } from '../../src/retrieval/readPrompt.ts';
import { wishForAlike } from '../../src/services/recommend/wishForAlike.ts';
import { COLLATERAL, handMadeLibrary, HATE, HEAT, HEATHERS, THIEF } from './handMadeLibrary.ts';

const library = handMadeLibrary();
const reading = (given: Partial<LocalReading>): LocalReading => ({
  opinions: [],
  alike: [],
  refusedTitles: [],
  preferences: '',
  wishes: [],
  filters: {},
  unmatched: [],
  ...given,
});

describe('a prompt that only compares', () => {
  it('asks for the tags that set the title apart, the most telling first, and its rarest genre', () => {
    const understood = wishForAlike(reading({ alike: [THIEF] }), library);
    expect(understood.wishes).toEqual(['heist', 'neon', 'night', 'Crime']);
    expect(understood.preferences).toBe('heist, neon, night, Crime');
  });

  it('sums over titles, and names a genre only when they share one', () => {
    // neon: 0.9 × ln(7/2) = 1.13; heist: (0.9 + 0.3) × ln(7/3) = 1.02.
    expect(wishForAlike(reading({ alike: [HEAT, COLLATERAL] }), library).wishes).toEqual([
      'neon',
      'heist',
      'night',
      'Crime',
    ]);
    expect(wishForAlike(reading({ alike: [HATE, HEATHERS] }), library).wishes).toEqual(['teen', 'night']);
  });

  it('keeps what was said in words, and leaves four titles to the recommender', () => {
    const said = reading({ alike: [HEAT], preferences: 'quiet', wishes: ['quiet'] });
    expect(wishForAlike(said, library).wishes).toEqual(['quiet']);
    expect(wishForAlike(reading({ alike: [HEAT, THIEF, HATE, HEATHERS] }), library).wishes).toEqual([]);
    expect(wishForAlike(reading({}), library).wishes).toEqual([]);
  });

  it('does not hand on what only the reader needs', () => {
    expect(wishForAlike(reading({ alike: [HEAT] }), library)).not.toHaveProperty('alike');
  });
});
