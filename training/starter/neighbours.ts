import { readStarterRows, type StarterRow } from '../../datasets/starter/rows.ts';
import { drawStarterRatings } from '../../datasets/starter/drawRatings.ts';
import { type EaseModel, neighbours } from '../../src/recommender/ease.ts';
import { trainModel } from '../trainModel.ts';

/** Titles film lovers know well, from silence to streaming: their nearest ones are read by eye. */
export const FAMOUS: readonly [title: string, year: number][] = [
  ['Metropolis', 1927], ['The Wizard of Oz', 1939], ['Citizen Kane', 1941], ['Casablanca', 1942], ['Seven Samurai', 1954],
  ['Vertigo', 1958], ['Psycho', 1960], ['The Good, the Bad and the Ugly', 1966], ['2001: A Space Odyssey', 1968],
  ['The Godfather', 1972], ['Monty Python and the Holy Grail', 1975], ['Taxi Driver', 1976], ['Star Wars', 1977],
  ['Annie Hall', 1977], ['Alien', 1979], ['The Shining', 1980], ['Raiders of the Lost Ark', 1981], ['Blade Runner', 1982],
  ['Ghostbusters', 1984], ['Back to the Future', 1985], ['Die Hard', 1988], ['When Harry Met Sally...', 1989],
  ['The Silence of the Lambs', 1991], ['Beauty and the Beast', 1991], ['Jurassic Park', 1993], ['Pulp Fiction', 1994],
  ['The Lion King', 1994], ['Toy Story', 1995], ['Heat', 1995], ['Fargo', 1996], ['Titanic', 1997], ['The Matrix', 1999],
  ['Amélie', 2001], ['Spirited Away', 2001], ['The Lord of the Rings: The Fellowship of the Ring', 2001],
  ['City of God', 2002], ['Lost in Translation', 2003], ['Eternal Sunshine of the Spotless Mind', 2004],
  ['The Dark Knight', 2008], ['Inception', 2010], ['The Grand Budapest Hotel', 2014], ['Mad Max: Fury Road', 2015],
  ['Get Out', 2017], ['Parasite', 2019], ['Planet Earth', 2006], ['The Sopranos', 1999], ['Breaking Bad', 2008],
  ['Game of Thrones', 2011], ['Squid Game', 2021], ['Dark', 2017],
]; // prettier-ignore

export interface Neighbourhood {
  title: StarterRow;
  nearest: StarterRow[];
}

/** The ten titles each famous one points to most strongly, in the model the site itself trains on the drawn ratings. */
export async function famousNeighbours(): Promise<Neighbourhood[]> {
  const rows = readStarterRows();
  const { model } = await trainModel(drawStarterRatings(), { minRatings: 20 });
  return FAMOUS.map(([name, year]) => {
    const title = rows.find((row) => row.title === name && row.year === year);
    if (!title) throw new Error(`${name} (${year}) is not in the catalogue`);
    return { title, nearest: nearestOf(model, rows, title.movieId!) };
  });
}

function nearestOf(model: EaseModel, rows: StarterRow[], movieId: number): StarterRow[] {
  const byId = new Map(rows.map((row) => [row.movieId, row]));
  return neighbours(model, model.indexOf.get(movieId)!, 10).map(({ index }) =>
    byId.get(model.movieIds[index]!)!,
  );
}

if (process.argv[1] === import.meta.filename)
  for (const { title, nearest } of await famousNeighbours())
    console.log(
      `- **${title.title}** (${title.year}): ${nearest.map((row) => `${row.title}${row.kind === 'tv' ? ' (TV)' : ''}`).join(' · ')}`,
    );
