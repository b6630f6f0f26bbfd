import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAskForm, type FormBody } from '../../../src/web/routes/askForm.ts';

const read = (body: FormBody, ratingsKnown = 0, chatModelIds = ['llama']) =>
  readAskForm(body, { chatModelIds, ratingsKnown });

const usual = { prompt: 'slow burn', k: '12', importance: '50', chatModel: 'llama' };

describe('the ask form', () => {
  it('becomes a request', () => {
    expect(read(usual).request).toMatchObject({
      prompt: 'slow burn',
      k: 12,
      importance: 50,
      chatModel: 'llama',
      usePastRatings: false,
    });
  });

  it('leaves the importance to the evidence when auto is ticked', () => {
    expect(read({ ...usual, auto: '1' }).request).not.toHaveProperty('importance');
  });

  it('names no model where there is none to choose, so that nobody is told they refused one', () => {
    expect(read({ ...usual, chatModel: 'none' }, 0, []).request).not.toHaveProperty('chatModel');
    expect(read({ ...usual, chatModel: 'none' }).request?.chatModel).toBe('none');
  });

  it.each([
    [{ k: '0' }, 'k', 'How many titles: a whole number from 1 to 100.'],
    [{ k: '101' }, 'k', 'How many titles: a whole number from 1 to 100.'],
    [{ k: 'many' }, 'k', 'How many titles: a whole number from 1 to 100.'],
    [{ k: '2.5' }, 'k', 'How many titles: a whole number from 1 to 100.'],
    [{ importance: '101' }, 'importance', 'Importance is a whole number from 0 to 100.'],
    [{ importance: '-1' }, 'importance', 'Importance is a whole number from 0 to 100.'],
    [{ chatModel: 'gone' }, 'chatModel', 'This model is not available here. Choose another.'],
    [{ prompt: 'a'.repeat(10_000) }, 'prompt', 'That is 10,000 characters; 4,000 is the most.'],
    [
      { prompt: ' \n ' },
      'prompt',
      'Say what you are in the mood for: a film you love, a feeling, a place, a year.',
    ],
  ])('refuses %j at its field and keeps what was typed', (change, path, message) => {
    const form = read({ ...usual, ...change });
    expect(form.request).toBeNull();
    expect(form.errors).toEqual([{ path, message }]);
    expect(form.values).toMatchObject(change);
  });

  it('counts a line end as one character, as the browser does', () => {
    const prompt = `${'a'.repeat(1999)}\r\n${'b'.repeat(2000)}`;
    expect(read({ ...usual, prompt }).request?.prompt).toHaveLength(4000);
  });

  it('takes an empty prompt when past ratings are there to go by', () => {
    expect(read({ ...usual, prompt: '', usePastRatings: '1' }, 3).request).toMatchObject({
      usePastRatings: true,
    });
    expect(read({ ...usual, prompt: '', usePastRatings: '1' }, 0).request).toBeNull();
  });
});

const chips = {
  ...usual,
  opinion: ['1214:5', '1200:0.5'],
  wish: ['claustrophobic', 'slow burn'],
  wishesWere: 'claustrophobic\nslow burn',
  preferences: 'a claustrophobic slow burn',
  genre: ['Horror', 'Drama'],
  yearFrom: '1970',
  kind: 'movie',
  unmatched: ['1214,1200|Alein'],
};

describe('the corrected understanding', () => {
  it('keeps what is refused until its chip is dropped', () => {
    const refused = { excludePerson: ['Tom Cruise', 'Meg Ryan'], excludeLanguage: 'English', excludeCountry: 'France' }; // prettier-ignore
    const filtersOf = (body: FormBody) => read({ ...usual, ...refused, ...body }).request?.understanding?.filters; // prettier-ignore
    expect(filtersOf({ corrected: '1' })).toEqual({
      excludePeople: ['Tom Cruise', 'Meg Ryan'],
      excludeLanguages: ['English'],
      excludeCountries: ['France'],
    });
    expect(filtersOf({ drop: 'excludePerson:Meg Ryan' })?.excludePeople).toEqual(['Tom Cruise']);
    expect(filtersOf({ drop: 'excludeLanguage:*' })).not.toHaveProperty('excludeLanguages');
  });

  it('is not there when the prompt is simply asked again', () => {
    expect(read(chips).request).not.toHaveProperty('understanding');
  });

  it('comes back whole with `corrected`', () => {
    expect(read({ ...chips, corrected: '1' }).request?.understanding).toEqual({
      opinions: [
        { movieId: 1214, rating: 5, said: '' },
        { movieId: 1200, rating: 0.5, said: '' },
      ],
      wishes: ['claustrophobic', 'slow burn'],
      preferences: 'a claustrophobic slow burn',
      filters: { genres: ['Horror', 'Drama'], yearFrom: 1970, kinds: ['movie'] },
      unmatched: [{ said: 'Alein', suggestions: [1214, 1200] }],
    });
  });

  it('loses exactly the chip that was removed', () => {
    const after = (drop: string) => read({ ...chips, drop }).request?.understanding;
    expect(after('opinion:1214')?.opinions.map(({ movieId }) => movieId)).toEqual([1200]);
    expect(after('genre:Horror')?.filters.genres).toEqual(['Drama']);
    expect(after('genre:*')?.filters).toEqual({ yearFrom: 1970, kinds: ['movie'] });
    expect(after('yearFrom:1970')?.filters).not.toHaveProperty('yearFrom');
    expect(after('years:*')?.filters).not.toHaveProperty('yearFrom');
    expect(after('unmatched:Alein')?.unmatched).toEqual([]);
  });

  it('keeps the namesakes of a refused title away until that title is removed', () => {
    const refusing = { ...chips, refused: ['1200', '64983', 'x'] };
    const after = (drop: string) => read({ ...refusing, drop }).request?.understanding?.refusedTitles;
    expect(after('opinion:1214')).toEqual([1200, 64983]);
    expect(after('opinion:1200')).toBeUndefined();
  });

  it('matches on the wishes that are left once one was removed or reworded', () => {
    expect(read({ ...chips, drop: 'wish:slow burn' }).request?.understanding?.preferences).toBe(
      'claustrophobic',
    );
    const reworded = read({ ...chips, wish: ['cosy', 'slow burn'], corrected: '1' });
    expect(reworded.request?.understanding?.preferences).toBe('cosy, slow burn');
  });

  it('takes a suggestion as a like and forgets what was not found', () => {
    const { opinions, unmatched } = read({ ...chips, add: '1200:4:Alein' }).request!.understanding!;
    expect(opinions).toContainEqual({ movieId: 1200, rating: 4, said: 'Alein' });
    expect(opinions.filter(({ movieId }) => movieId === 1200)).toHaveLength(1);
    expect(unmatched).toEqual([]);
  });

  it('never takes a rating that is no rating', () => {
    const understanding = read({ ...chips, opinion: ['1:6', '2:0', '3:2.25', 'x:4', '4', '5:-1'], corrected: '1' }).request?.understanding; // prettier-ignore
    expect(understanding?.opinions).toEqual([]);
  });
});

it('any form at all is answered by a request within bounds or by messages, never both', () => {
  const value = fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 4 }));
  const names = fc.constantFrom('prompt', 'k', 'importance', 'chatModel', 'opinion', 'wish', 'genre', 'kind', 'yearFrom', 'unmatched', 'drop', 'add', 'corrected', 'auto', '__proto__'); // prettier-ignore
  fc.assert(
    fc.property(fc.dictionary(names, value, { maxKeys: 8 }), (body) => {
      const { request, errors } = read(body);
      expect(request === null).toBe(errors.length > 0);
      if (!request) return;
      expect(request.k).toBeGreaterThanOrEqual(1);
      expect(request.k).toBeLessThanOrEqual(100);
      for (const { rating } of request.understanding?.opinions ?? []) expect([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]).toContain(rating); // prettier-ignore
    }),
  );
});
