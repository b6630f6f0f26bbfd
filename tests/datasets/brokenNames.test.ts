import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { mendNames } from '../../datasets/support/brokenNames.ts';
import { emptyTitle } from '../../datasets/support/emptyTitle.ts';
import { comparePeople, peopleOf } from '../../datasets/support/matchTitles.ts';
import { loadLibrary } from '../../src/services/library.ts';
import { temporaryStore, type TemporaryStore } from '../support/temporaryStore.ts';
import { setUpIn } from './support/setUpIn.ts';
import { smallGenome, zipGenome } from './support/smallGenome.ts';

const film = (movieId: number, directors: string[], cast: string[] = []) => ({
  ...emptyTitle(movieId, `Film ${movieId}`, 2000),
  directors,
  cast,
});
const directorsOf = (films: ReturnType<typeof film>[], alsoKnown: string[] = []) =>
  mendNames(films, () => alsoKnown).titles.map(({ directors }) => directors);

describe('a name that lost its accented letters', () => {
  test('is spelt as the catalogue spells it elsewhere', () => {
    const films = [film(1, ['Luis Bu\uFFFDuel']), film(2, ['Luis Buñuel']), film(3, ['Luis Bunuel'])];
    expect(directorsOf(films)).toEqual([['Luis Buñuel']]);
  });

  test('is spelt by its own title first', () => {
    const films = [
      film(1, ['Gaspar No\uFFFD'], ['Gaspar Noé']),
      film(2, ['Gaspar Noë']),
      film(3, ['Gaspar No\uFFFD']),
    ];
    expect(mendNames(films, () => [])).toEqual({
      titles: [film(1, ['Gaspar Noé'], ['Gaspar Noé'])],
      numbers: { mendedNames: 1, brokenNames: 1 },
    });
  });

  test('is found although accents are missing in its other letters, or everywhere else', () => {
    expect(directorsOf([film(1, ['Jir\uFFFD Menzel']), film(2, ['Jiří Menzel'])])).toEqual([['Jiří Menzel']]);
    expect(directorsOf([film(1, ['Katsuhiro \uFFFDtomo'])], ['Katsuhiro Otomo'])).toEqual([
      ['Katsuhiro Otomo'],
    ]);
    expect(directorsOf([film(1, ['Alejandro I\uFFFD\uFFFDrritu'])], ['Alejandro Iñárritu'])).toEqual([
      ['Alejandro Iñárritu'],
    ]);
  });

  test('stays as it is, and is counted, when nobody or more than one person may be meant', () => {
    const films = [film(1, ['Ren\uFFFD Clair', 'Jos\uFFFD Luna']), film(2, ['René Claire'])];
    expect(mendNames(films, () => ['José Luna', 'Josè Luna', 'Ren- Clair'])).toEqual({
      titles: [],
      numbers: { mendedNames: 0, brokenNames: 2 },
    });
  });

  test('asks for nothing where no name is broken', () => {
    const refuse = () => {
      throw new Error('asked');
    };
    expect(mendNames([film(1, ['René Clair'])], refuse)).toEqual({ titles: [], numbers: {} });
  });

  test('makes no two films of one', () => {
    const broken = peopleOf({ directors: ['Agn\uFFFDs Varda'], cast: [] });
    const compare = (name: string) => comparePeople(peopleOf({ directors: [name], cast: [] }), broken);
    expect(['Agnès Varda', 'Agnes Varda', 'Agnes Varga', 'Agn\uFFFDs Varda'].map(compare)).toEqual([
      'agree',
      'agree',
      'differ',
      'agree',
    ]);
  });
});

describe('a setup', () => {
  let home: TemporaryStore;
  afterEach(() => home.dispose());

  const setup = (dataset: string, ...more: string[]) => setUpIn(home, dataset, more);
  const setUpGenome = async () => {
    const genome = smallGenome();
    (genome.metadata[0] as { directedBy: string }).directedBy = 'Agn\uFFFDs Varda';
    (genome.metadata[1] as { directedBy: string }).directedBy = 'Zo\uFFFD Nowhere';
    const path = join(home.dataDir, 'genome.zip');
    await writeFile(path, zipGenome(genome));
    return setup('tag-genome-2021', '--from', path, '--active-since', '0');
  };
  const directors = async () =>
    (await home.store.movies.readAll()).slice(0, 2).flatMap((title) => title.directors);

  test('mends names by what is known of people, an add-on those it knows; a rerun keeps them, and search finds them', async () => {
    home = await temporaryStore();
    expect((await setUpGenome()).numbers).toMatchObject({ mendedNames: 1, brokenNames: 1 });
    expect(await directors()).toEqual(['Agnès Varda', 'Zo\uFFFD Nowhere']);

    const plots = join(home.dataDir, 'plots.csv');
    await writeFile(
      plots,
      'Release Year,Title,Origin/Ethnicity,Director,Cast,Genre,Wiki Page,Plot\n1999,The Matrix,American,Zoë Nowhere,,,w,A hacker learns what the world is made of.\n',
    );
    expect((await setup('plots-wikipedia', '--from', plots)).numbers).toMatchObject({
      mendedNames: 1,
      brokenNames: 0,
    });
    expect(await directors()).toEqual(['Agnès Varda', 'Zoë Nowhere']);
    await setUpGenome();
    expect(await directors()).toEqual(['Agnès Varda', 'Zoë Nowhere']);

    const active = await home.store.settings.get<{ catalogueVersion: string; modelId: string | null }>(
      'active',
    );
    const { peopleIndex } = (await loadLibrary(home.dataDir, active!)).catalogue;
    expect([peopleIndex.find('agnes varda'), peopleIndex.find('zoe nowhere')]).not.toContain(null);
  });
});
