import { makeZip } from './makeZip.ts';

const lines = (rows: readonly unknown[]): string => rows.map((row) => `${writeRow(row)}\n`).join('');

/** JSON as the archive has it: a space after colons and commas, ratings with one decimal. */
const writeRow = (row: unknown): string =>
  typeof row === 'string'
    ? row
    : `{${Object.entries(row as object)
        .map(
          ([key, value]) =>
            `"${key}": ${key === 'rating' ? (value as number).toFixed(1) : JSON.stringify(value)}`,
        )
        .join(', ')}}`;

export interface SmallGenome {
  metadata: unknown[];
  ratings: unknown[];
  tags: unknown[];
  tagCounts: unknown[];
  scores: string;
}

/** Twelve films, forty people: everybody rated films 1–8, which 25 or more make trainable at `--min-ratings 20`. */
export function smallGenome(): SmallGenome {
  const metadata = [
    film(1, 'Heat (1995)', 'Michael Mann', 'Al Pacino, Robert De Niro'),
    film(2, 'Matrix, The (1999)', 'Lana Wachowski, Lilly Wachowski', 'Keanu Reeves'),
    film(3, 'Seven (a.k.a. Se7en) (1995)', 'David Fincher', 'Brad Pitt, Morgan Freeman'),
    film(
      4,
      'City of Lost Children, The (Cité des enfants perdus, La) (1995)',
      'Jean-Pierre Jeunet',
      'Ron Perlman',
    ),
    film(5, 'Collateral (2004)', 'Michael Mann', 'Tom Cruise, Jamie Foxx'),
    film(6, 'Alien (1979)', 'Ridley Scott', 'Sigourney Weaver'),
    film(7, 'Thing, The (1982)', 'John Carpenter', 'Kurt Russell'),
    film(8, 'Casino (1995)', 'Martin Scorsese', 'Robert De Niro'),
    film(9, 'Prometheus (2012)', 'Ridley Scott', 'Noomi Rapace'),
    film(10, 'Up (2009)', 'Pete Docter', ''),
    film(11, 'Black Mirror', '', 'Jesse Plemons'),
    film(12, 'Arrival (2016)', 'Denis Villeneuve', 'Amy Adams'),
  ];
  const ratings: unknown[] = [];
  for (let user = 1; user <= 40; user++)
    for (let item = 1; item <= 8; item++)
      if ((user * item) % 5 !== 0)
        ratings.push({ item_id: item, user_id: user * 10, rating: 0.5 + ((user * 7 + item * 3) % 10) / 2 });
  ratings.push(
    { item_id: 9, user_id: 10, rating: 2.0 },
    { item_id: 11, user_id: 10, rating: 5.0 },
    { item_id: 12, user_id: 20, rating: 4.5 },
    ratings[0],
    ratings[5],
  );
  return {
    metadata,
    ratings,
    tags: [
      { tag: 'heist', id: 7 },
      { tag: 'dystopia', id: 9 },
      { tag: 'space', id: 30 },
    ],
    tagCounts: [
      { item_id: 1, tag_id: 7, num: 12 },
      { item_id: 2, tag_id: 9, num: 5 },
      { item_id: 6, tag_id: 30, num: 9 },
      { item_id: 11, tag_id: 9, num: 3 },
    ],
    scores: 'tag,item_id,score\nheist,1,0.91000\nspace,1,0.02000\ndystopia,6,0.60000\nunheard of,1,0.5\n',
  };
}

const film = (item_id: number, title: string, directedBy: string, starring: string) => ({
  title,
  directedBy,
  starring,
  avgRating: 3.5,
  imdbId: String(100_000 + item_id).padStart(7, '0'),
  item_id,
});

export function zipGenome(genome: SmallGenome): Buffer {
  const root = 'movie_dataset_public_final';
  return makeZip([
    { name: `${root}/raw/metadata_updated.json`, content: lines(genome.metadata) },
    { name: `${root}/raw/ratings.json`, content: lines(genome.ratings) },
    { name: `${root}/raw/tag_count.json`, content: lines(genome.tagCounts) },
    { name: `${root}/raw/tags.json`, content: lines(genome.tags) },
    { name: `${root}/scores/tagdl.csv`, content: genome.scores },
  ]);
}
