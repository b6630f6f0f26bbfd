import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { presentAnswer } from '../../../src/contract/presentAnswer.ts';
import { startSite, type TestSite } from '../../support/site.ts';

type Answer = ReturnType<typeof presentAnswer>;
interface Problem {
  status: number;
  code: string;
  detail: string;
  errors?: { path: string; message: string }[];
  requestId: string;
}

let site: TestSite;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

async function post(path: string, body: unknown): Promise<{ status: number; type: string; json: unknown }> {
  const response = await fetch(`${site.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    json: await response.json(),
  };
}
const recommend = async (body: unknown): Promise<Answer> =>
  (await post('/recommendations', body)).json as Answer;
const idOf = (title: string) =>
  site.app.context.library.current!.catalogue.titles.find((one) => one.title === title)!.movieId;

describe('POST /recommendations', () => {
  it('answers a prompt without a key by text match and says so', async () => {
    const answer = await recommend({
      prompt: 'I loved Alien and The Thing, hated Prometheus. Claustrophobic sci-fi with a slow burn',
      k: 12,
    });
    expect(answer.items).toHaveLength(12);
    expect(answer.scoring).toMatchObject({
      fit: 'text',
      taste: 'cf',
      blend: 'linear',
      degraded: { code: 'no_chat_model' },
    });
    const said = Object.fromEntries(answer.understood.opinions.map(({ title, rating }) => [title, rating]));
    expect(said['Alien']).toBeGreaterThanOrEqual(4);
    expect(said['The Thing']).toBeGreaterThanOrEqual(4);
    expect(said['Prometheus']).toBeLessThanOrEqual(2);
    expect(answer.items.map(({ title }) => title)).not.toContain('Alien');
  });

  it('scores the best title 10, orders by score, and keeps every part inside its scale', async () => {
    const { items } = await recommend({
      prompt: 'a heist in the city at night',
      ratings: [{ movieId: idOf('Heat'), rating: 5 }],
      k: 50,
    });
    expect(items[0]!.score).toBeCloseTo(10, 9);
    for (let at = 1; at < items.length; at++)
      expect(items[at]!.score).toBeLessThanOrEqual(items[at - 1]!.score);
    for (const { cf, fit, title } of items) {
      expect(cf!.score).toBeGreaterThanOrEqual(0.01);
      expect(cf!.score).toBeLessThanOrEqual(1);
      expect(fit!.score).toBeGreaterThanOrEqual(0.01);
      expect(fit!.score).toBeLessThanOrEqual(1);
      expect(title).not.toMatch(/\(\d{4}\)$/);
    }
  });

  it('gives reasons that are the score itself: with few inputs the listed weights sum to cf.raw', async () => {
    const ratings = ['Alien', 'Heat', 'Casper'].map((title) => ({
      movieId: idOf(title),
      rating: title === 'Casper' ? 1 : 5,
    }));
    const { items } = await recommend({ ratings, k: 20 });
    for (const { cf } of items) {
      const sum = cf!.because.reduce((total, { weight }) => total + weight, 0);
      expect(sum).toBeCloseTo(cf!.raw, 6);
      const shares = cf!.because.reduce((total, { share }) => total + Math.abs(share), 0);
      if (cf!.because.length > 0) expect(shares).toBeCloseTo(1, 6);
    }
  });

  it('asks for no fit at importance 100 and does not call that degraded', async () => {
    const answer = await recommend({ prompt: 'slow burn horror', importance: 100 });
    expect(answer.scoring.fit).toBe('none');
    expect(answer.scoring.degraded).toBeUndefined();
    expect(answer.items.every(({ fit }) => fit === null)).toBe(true);
  });

  it('gives popular titles when nothing is said, and says so', async () => {
    const answer = await recommend({});
    expect(answer.items).toHaveLength(10);
    expect(answer.scoring).toMatchObject({ fit: 'none', taste: 'popularity' });
    expect(answer.items.every(({ cf }) => cf!.raw === 0)).toBe(true);
  });

  it('never recommends what was rated, and keeps to the filters', async () => {
    const heat = idOf('Heat');
    const answer = await recommend({
      ratings: [{ movieId: heat, rating: 5 }],
      filters: { excludeGenres: ['Drama'], yearFrom: 1980, kinds: ['movie'] },
      k: 30,
    });
    const { catalogue } = site.app.context.library.current!;
    for (const { movieId } of answer.items) {
      const title = catalogue.get(movieId)!;
      expect(movieId).not.toBe(heat);
      expect(title.genres).not.toContain('Drama');
      expect(title.year).toBeGreaterThanOrEqual(1980);
      expect(title.kind).toBe('movie');
    }
  });

  it.each(['asdf qwer zxcv', '泣ける日本映画'])(
    'claims no fit where none of the words was found: %s',
    async (prompt) => {
      const answer = await recommend({ prompt, chatModel: 'none' });
      expect(answer.scoring).toMatchObject({ fit: 'none', taste: 'popularity' });
      expect(answer.items).toHaveLength(10);
      for (const { fit } of answer.items) expect(fit).toBeNull();
      const popular = await recommend({});
      expect(answer.items.map(({ movieId }) => movieId)).toEqual(popular.items.map(({ movieId }) => movieId));
      const found = await recommend({ prompt: `${prompt} in space`, chatModel: 'none' });
      expect(found.scoring.fit).toBe('text');
    },
  );

  it('says why there is no fit when none of the words was found', async () => {
    const { scoring } = await recommend({ prompt: 'asdf qwer zxcv', chatModel: 'none' });
    expect(scoring.degraded).toMatchObject({ code: 'chosen_off' });
    expect(scoring.degraded!.reason).toContain(
      'None of the words was found in the catalogue: ordered by popularity.',
    );
  });

  it('reports a shortfall with the filter that is tightest', async () => {
    const answer = await recommend({ filters: { yearFrom: 1979, yearTo: 1979, genres: ['Horror'] }, k: 50 });
    expect(answer.items.length).toBeLessThan(50);
    expect(answer.shortfall).toMatchObject({ wanted: 50, left: answer.items.length });
    expect(['yearFrom', 'yearTo', 'genres']).toContain(answer.shortfall!.tightest);
  });

  it('keeps away who and what is refused, and reports a refused person nobody goes by', async () => {
    const { catalogue } = site.app.context.library.current!;
    const before = await recommend({ k: 100 });
    const first = catalogue.get(before.items[0]!.movieId)!;
    const [person = ''] = first.directors;
    const answer = await recommend({
      filters: { excludePeople: [person.toUpperCase(), 'Zzyzx Nobody'], excludeLanguages: ['English'] },
      k: 100,
    });
    expect(answer.items.length).toBeGreaterThan(0);
    for (const { movieId } of answer.items) {
      const { directors, cast, languages } = catalogue.get(movieId)!;
      expect([...directors, ...cast]).not.toContain(person);
      expect(languages).not.toContain('English');
    }
    expect(answer.understood.unmatched.map(({ said }) => said)).toEqual(['Zzyzx Nobody']);
    expect(answer.understood.filters).toMatchObject({ excludeLanguages: ['English'] });
  });

  it('returns unknown titles and tags as unmatched, not as an error', async () => {
    const answer = await recommend({
      ratings: [{ title: 'Zzyzx Never Made', rating: 4 }],
      tags: [{ name: 'no such tag at all' }, { tagId: 99_999_999 }],
    });
    expect(answer.understood.unmatched.map(({ said }) => said)).toEqual([
      'Zzyzx Never Made',
      'no such tag at all',
      'tag 99999999',
    ]);
    expect(answer.items).toHaveLength(10);
  });

  it('lets the last of two ratings for one title count', async () => {
    const movieId = idOf('Alien');
    const twice = await recommend({
      ratings: [
        { movieId, rating: 1 },
        { movieId, rating: 5 },
      ],
    });
    const once = await recommend({ ratings: [{ movieId, rating: 5 }] });
    expect(twice.items.map(({ movieId: id, score }) => [id, score])).toEqual(
      once.items.map(({ movieId: id, score }) => [id, score]),
    );
  });

  it('gives tags alone a fit by tags, and unwanted tags push a title down', async () => {
    const wanted = await recommend({ tags: [{ name: 'space' }], importance: 0, k: 100 });
    expect(wanted.scoring.fit).toBe('tags');
    const best = wanted.items[0]!;
    const unwanted = await recommend({
      tags: [{ name: 'space' }, { name: 'aliens', weight: -1 }],
      importance: 0,
      k: 100,
    });
    const rankOf = (answer: Answer, id: number) => answer.items.findIndex(({ movieId }) => movieId === id);
    const alien = idOf('Alien');
    expect(best.fit!.matched!.length).toBeGreaterThan(0);
    expect(rankOf(unwanted, alien)).toBeGreaterThan(rankOf(wanted, alien));
  });

  it('is deterministic', async () => {
    const body = {
      prompt: 'melancholic films about memory',
      ratings: [{ movieId: idOf('Her'), rating: 5 }],
      diversity: 0.4,
      k: 20,
    };
    const strip = ({ items }: Answer) => items.map(({ movieId, score }) => [movieId, score]);
    expect(strip(await recommend(body))).toEqual(strip(await recommend(body)));
  });

  it.each([
    [{ k: 0 }, 'k'],
    [{ k: 1000 }, 'k'],
    [{ k: 'ten' }, 'k'],
    [{ importance: -5 }, 'importance'],
    [{ importance: 101 }, 'importance'],
    [{ prompt: 'x'.repeat(4001) }, 'prompt'],
    [{ prompt: ['a'] }, 'prompt'],
    [{ ratings: [{ movieId: 1, rating: 5.5 }] }, 'ratings.0'],
    [{ tags: [{ name: 'space', weight: 2 }] }, 'tags.0'],
    [{ chatModel: 'nobody' }, 'chatModel'],
    [{ filters: { kinds: ['radio'] } }, 'filters.kinds.0'],
    [{ blend: 'harmonic' }, 'blend'],
    [{ diversity: 1.5 }, 'diversity'],
  ])('refuses %j with 400 and names the field', async (body, path) => {
    const { status, type, json } = await post('/recommendations', body);
    expect(status).toBe(400);
    expect(type).toContain('application/problem+json');
    const problem = json as Problem;
    expect(problem.errors!.some((error) => error.path.startsWith(path))).toBe(true);
    expect(problem.requestId).toMatch(/^[0-9a-f]+$/);
  });

  it('refuses what is not JSON, and what is too long, each with its own status', async () => {
    expect((await post('/recommendations', '{"prompt": ')).status).toBe(400);
    expect((await post('/recommendations', { prompt: 'x'.repeat(70_000) })).status).toBe(413);
  });

  it('survives __proto__, NUL, lone surrogates and HTML in every field', async () => {
    const nasty = '<script>alert(1)</script>\u0000\ud800 {{7*7}} ${x} %00';
    const { status } = await post(
      '/recommendations',
      JSON.stringify({
        prompt: nasty,
        tags: [{ name: nasty }],
        ratings: [{ title: nasty, rating: 3 }],
      }).replace('{', '{"__proto__":{"isAdmin":true},'),
    );
    expect(status).toBe(200);
  });

  it('is refused from a foreign site', async () => {
    const response = await fetch(`${site.url}/api/v1/recommendations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: '{}',
    });
    expect(response.status).toBe(403);
  });
});

describe('POST /lite', () => {
  it('answers in the same shape without any language model', async () => {
    const { status, json } = await post('/lite', {
      ratings: [{ movieId: idOf('Alien'), rating: 5 }],
      tags: [{ name: 'space' }],
      k: 8,
    });
    const answer = json as Answer;
    expect(status).toBe(200);
    expect(answer.items).toHaveLength(8);
    expect(answer.scoring).toMatchObject({ fit: 'tags', taste: 'cf' });
    expect(answer.usage.calls).toBe(0);
  });

  it('takes classic tag match by choice', async () => {
    const { json } = await post('/lite', { tags: [{ name: 'space' }], tagMatch: 'classic', importance: 0 });
    expect((json as Answer).scoring.fit).toBe('tags');
  });
});
