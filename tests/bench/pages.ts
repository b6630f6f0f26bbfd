import type { LoadRequest } from './openLoop.ts';

/** What is asked of a server: the same request again and again, or thousands that all differ. */
export interface BenchPage {
  title: string;
  requests: LoadRequest[];
}

const MOODS = ['slow burn', 'cozy', 'bleak', 'tense', 'melancholy', 'dreamlike', 'gritty', 'uplifting', 'creepy', 'strange']; // prettier-ignore
const PLACES = ['the desert', 'the city', 'the snow', 'a submarine', 'a small town'];

/** Titles, people and tags of the very catalogue that is served. */
interface Words {
  titles: { movieId: number; title: string }[];
  people: string[];
  tags: string[];
}

async function collectWords(url: string): Promise<Words> {
  const read = async (path: string) =>
    (await (await fetch(`${url}/api/v1${path}`)).json()) as Record<string, unknown>;
  const titles = new Map<number, string>();
  const tags = new Set<string>();
  for (const first of 'abcdefghijklmnoprstuvw')
    for (const second of 'aeioruhl') {
      const found = (await read(`/titles?query=${first}${second}&k=50`)) as { items: Words['titles'] };
      for (const { movieId, title } of found.items) titles.set(movieId, title);
      const named = (await read(`/tags?query=${first}${second}&k=50`)) as { items: { name: string }[] };
      for (const { name } of named.items) tags.add(name);
    }
  const people = new Set<string>();
  for (const movieId of [...titles.keys()].filter((_, at) => at % 10 === 0)) {
    const { directors, cast } = (await read(`/titles/${movieId}`)) as { directors: string[]; cast: string[] };
    for (const name of [...directors, ...cast.slice(0, 3)]) people.add(name);
  }
  return {
    titles: [...titles].map(([movieId, title]) => ({ movieId, title })),
    people: [...people],
    tags: [...tags],
  };
}

/** Every page that is measured. No two searches, prompts or lists of the "all different" rows are the same. */
export async function benchPages(url: string): Promise<BenchPage[]> {
  const { titles, people, tags } = await collectWords(url);
  const at = <Item>(list: readonly Item[], place: number): Item => list[place % list.length]!;
  const moods = Array.from(
    { length: 1500 },
    (_, n) => `${at(MOODS, n)} ${at(tags, n * 7 + 3)}, ${at(tags, n * 11)} in ${at(PLACES, n >> 3)}`,
  );
  const queries = shuffled([...titles.map(({ title }) => title), ...people, ...tags, ...moods]);
  const search = (query: string) => ({ path: `/search?q=${encodeURIComponent(query)}` });
  const lite = (n: number) =>
    post('/api/v1/lite', {
      tags: [{ name: at(tags, n * 3) }, { name: at(tags, n * 5 + 1), weight: n % 3 ? 1 : -1 }],
      ratings: [
        { movieId: at(titles, n * 13).movieId, rating: 5 },
        { movieId: at(titles, n * 17 + 5).movieId, rating: 2 },
      ],
    });
  const prompt = (n: number) =>
    post('/api/v1/recommendations', {
      prompt: `I loved ${at(titles, n * 13).title} and ${at(titles, n * 17).title}, something ${at(moods, n)}`,
      chatModel: 'none',
    });
  const many = <Item>(make: (n: number) => Item) => Array.from({ length: 3000 }, (_, n) => make(n));
  return [
    { title: 'GET /', requests: [{ path: '/' }] },
    { title: 'GET /lite', requests: [{ path: '/lite' }] },
    { title: 'GET /search?q=slow burn', requests: [search('slow burn')] },
    { title: 'GET /search, all different', requests: queries.map(search) },
    { title: 'GET /titles, all different', requests: shuffled(titles).map(({ movieId }) => ({ path: `/titles/${movieId}` })) },
    { title: 'POST API /lite, all different', requests: many(lite) },
    { title: 'POST API /recommendations, all different', requests: many(prompt) },
  ]; // prettier-ignore
}

const post = (path: string, body: object): LoadRequest => ({
  path,
  method: 'POST',
  body: JSON.stringify(body),
});

/** The same order every time (a linear congruential generator), so that two runs compare. */
function shuffled<Item>(list: readonly Item[]): Item[] {
  let state = 1;
  return list
    .map((item) => ({ item, place: (state = (state * 48_271) % 2_147_483_647) }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
