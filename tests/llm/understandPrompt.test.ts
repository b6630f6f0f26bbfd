import { afterEach, describe, expect, it } from 'vitest';
import { readUnderstanding } from '../../src/llm/readUnderstanding.ts';
import { parseClassic, parseClassicScore } from '../../src/llm/classic.ts';
import { understandPrompt } from '../../src/llm/understandPrompt.ts';
import type { ModelCall } from '../../src/llm/modelCall.ts';
import type { ChatModel } from '../../src/llm/chatModel.ts';
import { closeAll, scripted } from './support.ts';

afterEach(closeAll);

const PROMPT = 'I loved Heat and Ronin (1998), but hated Cats. Something slow with a heist, no horror';

const read = (model: ChatModel, prompt = PROMPT, recordCall?: (call: ModelCall) => void) =>
  understandPrompt({
    model,
    prompt,
    signal: new AbortController().signal,
    ...(recordCall ? { recordCall } : {}),
  });

describe('understandPrompt', () => {
  for (const json of ['schema', 'object', 'text'] as const) {
    it(`reads opinions, preferences and filters in the ${json} mode with one call`, async () => {
      const { model, provider } = await scripted({}, { json });
      const found = await read(model);
      expect(found.opinions).toEqual([
        { title: 'Heat', rating: 5, said: 'Heat' },
        { title: 'Ronin', year: 1998, rating: 5, said: 'Ronin' },
        { title: 'Cats', rating: 1, said: 'Cats' },
      ]);
      expect(found.preferences).toContain('slow with a heist');
      expect(found.filters).toEqual({ excludeGenres: ['Horror'] });
      expect([found.usage.calls, provider.requests.length]).toEqual([1, 1]);
    });
  }

  it('reads the classic two-part answer', async () => {
    const { model } = await scripted({}, { style: 'classic' });
    const found = await read(model);
    expect(found.opinions.map(({ title, rating }) => [title, rating])).toEqual([['Heat', 5], ['Ronin', 5], ['Cats', 1]]); // prettier-ignore
    expect(found.preferences).toContain('slow with a heist');
  });

  it('repairs one unreadable answer and counts both calls', async () => {
    for (const fault of ['garbage', 'html', 'empty', 'refusal'] as const) {
      const { model, provider } = await scripted({ fault, faultTimes: 1 });
      const calls: ModelCall[] = [];
      const found = await read(model, PROMPT, (call) => calls.push(call));
      expect(found.opinions.length).toBe(3);
      expect([found.usage.calls, provider.requests.length]).toEqual([2, 2]);
      expect(calls.map(({ outcome }) => outcome)).toEqual(['bad_answer', 'ok']);
    }
  });

  it('gives up after the repair with what was wrong', async () => {
    const { model, provider } = await scripted({ fault: 'garbage' });
    await expect(read(model)).rejects.toMatchObject({ failure: 'bad_answer' });
    expect(provider.requests.length).toBe(2);
  });

  it('does not repair what a broken server did', async () => {
    const { model, provider } = await scripted({ fault: 'rate_limited', retryAfterSeconds: 30 });
    await expect(read(model)).rejects.toMatchObject({ failure: 'rate_limited' });
    expect(provider.requests.length).toBe(1);
  });

  it('sends no e-mail address, phone number or account name', async () => {
    const { model, provider } = await scripted();
    await read(
      model,
      'I liked Heat. I am anna@example.org, +49 170 1234567, @anna_k. Something calm and slow',
    );
    const sent = JSON.stringify(provider.requests[0]!.body);
    for (const secret of ['anna@example.org', '1234567', 'anna_k']) expect(sent).not.toContain(secret);
    expect(sent).toContain('I liked Heat');
  });
});

describe('readUnderstanding', () => {
  const answer = (value: object) =>
    JSON.stringify({ opinions: [], preferences: '', wishes: [], filters: {}, ...value });

  it('drops titles that were not said, and keeps abbreviations and other spellings that were', () => {
    const prompt = 'loved lotr and "The Godfather", 8/10 for amelie. want something warm';
    const found = readUnderstanding(
      answer({
        opinions: [
          { title: 'The Lord of the Rings', year: null, rating: 5, said: 'lotr' },
          { title: 'The Godfather', rating: '5/5', said: 'the godfather' },
          { title: 'Amélie', rating: '8/10', said: 'amelie' },
          { title: 'Casablanca', rating: 5, said: 'Casablanca' },
          { title: 'Rocky', rating: 5, said: 'something' },
          { title: 'Heat', rating: 'great', said: 'loved' },
        ],
        preferences: 'something warm',
      }),
      prompt,
    );
    expect(found?.opinions.map(({ title, rating, said }) => [title, rating, said])).toEqual([
      ['The Lord of the Rings', 5, 'lotr'],
      ['The Godfather', 5, 'The Godfather'],
      ['Amélie', 4, 'amelie'],
    ]);
  });

  it('lets the last of two ratings for one title count and keeps ratings to halves between 0.5 and 5', () => {
    const found = readUnderstanding(
      answer({ opinions: [{ title: 'Heat', rating: 1, said: 'Heat' }, { title: 'heat', rating: 4.3, said: 'Heat' }, { title: 'Ronin', rating: -3, said: 'Ronin' }] }),
      'Heat, well Heat again. Ronin.',
    ); // prettier-ignore
    expect(found?.opinions.map(({ rating }) => rating)).toEqual([4.5, 0.5]);
  });

  it('takes the year from the title where its own field is empty', () => {
    const opinions = [{ title: 'Cats (2019)', year: null, rating: 1, said: 'Cats' }, { title: 'Heat (1986)', year: 1995, rating: 5, said: 'Heat' }]; // prettier-ignore
    const found = readUnderstanding(answer({ opinions }), 'hated Cats, loved Heat, now something calm');
    expect(found?.opinions.map(({ title, year }) => [title, year])).toEqual([['Cats', 2019], ['Heat', 1995]]); // prettier-ignore
  });

  it('finds nothing in words that every object has', () => {
    const prompt = 'something slow and sad with a dog';
    const inJson = answer({ preferences: prompt, filters: { genres: ['constructor', 'toString'] } });
    expect(readUnderstanding(inJson, prompt)?.filters).toEqual({});
    const inLines = `PREFERENCES | ${prompt}\nFILTER | constructor | x\nFILTER | __proto__ | y\nFILTER | excludeGenres | horror`;
    expect(readUnderstanding(inLines, prompt)).toMatchObject({ preferences: prompt, filters: { excludeGenres: ['Horror'] } }); // prettier-ignore
  });

  it('refuses preferences that have nothing to do with the prompt', () => {
    const nonsense = answer({ preferences: 'quarterly revenue growth spreadsheet optimisation' });
    expect(readUnderstanding(nonsense, 'something slow and sad with a dog')).toBeNull();
    expect(readUnderstanding(answer({}), 'something slow and sad with a dog')).toBeNull();
  });

  it('keeps only filters that can be', () => {
    const found = readUnderstanding(
      answer({
        preferences: 'a film',
        filters: { genres: ['sci-fi', 'Nonsense'], excludeGenres: ['horror'], yearFrom: '1990', yearTo: 1800, kinds: ['series'], people: ['Al Pacino', 'Meg Ryan'], providers: ['Netflix'], languages: ['French'] },
      }),
      'a french scifi series with al pacino from 1990, no horror, on netflix, a film',
    ); // prettier-ignore
    expect(found?.filters).toEqual({
      genres: ['Science Fiction'], excludeGenres: ['Horror'], yearFrom: 1990, kinds: ['tv'], people: ['Al Pacino'], providers: ['Netflix'], languages: ['French'],
    }); // prettier-ignore
  });

  it('keeps who, which language and which country is refused, and a refusal wins over a wish', () => {
    const filters = { people: ['Tom Cruise', 'Al Pacino'], excludePeople: ['Tom Cruise', 'Meg Ryan'], languages: ['English'], excludeLanguages: ['English'], excludeCountries: ['United States'] }; // prettier-ignore
    const found = readUnderstanding(
      answer({ preferences: 'a film', filters }),
      'a film with al pacino, no tom cruise, not in english, nothing american',
    );
    expect(found?.filters).toEqual({
      people: ['Al Pacino'], excludePeople: ['Tom Cruise'], excludeLanguages: ['English'], excludeCountries: ['United States'],
    }); // prettier-ignore
  });
});

describe('the classic protocol', () => {
  it('reads both parts, clamps ratings to 1–5 and knows <EMPTY>', () => {
    expect(parseClassic('Alien: Covenant: 4;;;Se7en: 9 --- dark and slow')).toEqual({
      ratings: [{ title: 'Alien: Covenant', rating: 4 }, { title: 'Se7en', rating: 5 }], preferences: 'dark and slow',
    }); // prettier-ignore
    expect(parseClassic('<EMPTY> --- funny')).toEqual({ ratings: [], preferences: 'funny' });
    expect(parseClassic('Up: 0 --- <EMPTY>')).toEqual({
      ratings: [{ title: 'Up', rating: 1 }],
      preferences: '',
    });
    expect(parseClassic('no parts at all')).toBeNull();
  });

  it('reads score --- explanation, clamped, and 3 without a number', () => {
    expect(parseClassicScore('4 --- It fits.')).toEqual({ score: 4, reason: 'It fits.' });
    expect(parseClassicScore('11 --- Wow')).toEqual({ score: 5, reason: 'Wow' });
    expect(parseClassicScore('-2 --- No')).toEqual({ score: 1, reason: 'No' });
    expect(parseClassicScore('perhaps --- Who knows')).toEqual({ score: 3, reason: 'Who knows' });
    expect(parseClassicScore('3.5')).toEqual({ score: 3.5, reason: '' });
  });
});
