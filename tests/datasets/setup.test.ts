import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dataSetNamed } from '../../datasets/catalogue.ts';
import { asJob } from '../../datasets/support/asJob.ts';
import type { LoadedDataSets } from '../../datasets/support/planLoad.ts';
import { readReports } from '../../datasets/support/report.ts';
import { trainInChild } from '../../datasets/support/trainInChild.ts';
import { buildSnapshot } from '../../src/services/buildSnapshot.ts';
import { loadLibrary } from '../../src/services/library.ts';
import { readRatings, userCount } from '../../training/ratingsFile.ts';
import { temporaryStore, type TemporaryStore } from '../support/temporaryStore.ts';
import { makeZip } from './support/makeZip.ts';
import { setUpIn } from './support/setUpIn.ts';
import { smallGenome, type SmallGenome, zipGenome } from './support/smallGenome.ts';

let home: TemporaryStore;
/** Training takes seconds: only the test that looks at the model has one. */
let isTraining = false;
let duringTraining: () => Promise<unknown>;
beforeEach(async () => {
  isTraining = false;
  duringTraining = () => Promise.resolve();
  home = await temporaryStore();
  await mkdir(join(home.dataDir, 'models'), { recursive: true });
});
afterEach(() => home.dispose());

const setup = (dataset: string, ...more: string[]) =>
  setUpIn(home, dataset, more, isTraining ? trainInChild : () => duringTraining().then(() => undefined));

async function genomeFile(change: (genome: SmallGenome) => void = () => {}): Promise<string> {
  const genome = smallGenome();
  change(genome);
  const path = join(home.dataDir, 'genome.zip');
  await writeFile(path, zipGenome(genome));
  return path;
}

const setUpGenome = async (change?: (genome: SmallGenome) => void) =>
  setup('tag-genome-2021', '--from', await genomeFile(change), '--active-since', '0');

const active = () => home.store.settings.get<{ catalogueVersion: string; modelId: string | null }>('active');
const titleOf = async (movieId: number) => (await home.store.movies.get(movieId))!;

describe('setup of the Tag Genome', () => {
  test('takes an archive to a catalogue with tags, ratings, a model and indexes', async () => {
    isTraining = true;
    const report = await setUpGenome();
    expect(report.totals).toEqual({ titles: 11, trainedTitles: 7, ratings: 224, users: 32 });
    expect(report.steps.map(({ step, dropped }) => [step, dropped.titles, dropped.ratings])).toEqual([
      ['read', 0, 0],
      ['repeats', 0, 2],
      ['year', 1, 1],
      ['users', 0, 0],
      ['titles', 4, 2],
    ]);
    const table = readRatings(join(home.dataDir, 'ratings.bin'));
    expect([...table.itemIds]).toEqual([1, 2, 3, 4, 6, 7, 8]);
    expect(userCount(table)).toBe(32);

    expect(await titleOf(4)).toMatchObject({
      title: 'The City of Lost Children',
      originalTitle: 'La Cité des enfants perdus',
      imdbId: 'tt0100004',
      directors: ['Jean-Pierre Jeunet'],
    });
    expect(await titleOf(3)).toMatchObject({ title: 'Seven', otherTitles: ['Se7en'], year: 1995 });
    const { counts, tags } = await home.store.tags.readAll();
    const rows = [...counts.movieIds].map((movieId, at) => [
      movieId,
      tags.find(({ tagId }) => tagId === counts.tagIds[at])!.name,
      counts.counts[at],
      Number.isNaN(counts.relevances[at]) ? null : Math.round(counts.relevances[at]! * 100) / 100,
    ]);
    expect(rows).toEqual([
      [1, 'heist', 12, 0.91],
      [2, 'dystopia', 5, null],
      [6, 'space', 9, null],
      [6, 'dystopia', 0, 0.6],
    ]);
    const { catalogueVersion, modelId } = (await active())!;
    expect(existsSync(join(home.dataDir, `catalogue-${catalogueVersion}.bin`))).toBe(true);
    expect(existsSync(join(home.dataDir, 'models', `${modelId}.ease`))).toBe(true);
    expect((await readReports(home.dataDir)).map(({ name }) => name)).toEqual(['tag-genome-2021']);
    expect((await readdir(home.dataDir)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('twice gives the same rows; a newer file changes what changed; what people rated is retired, not lost', async () => {
    await setUpGenome();
    const before = await home.store.movies.readAll();
    await setUpGenome();
    expect(await home.store.movies.readAll()).toEqual(before);

    const person = await home.store.users.create({ name: 'Ann', passwordHash: 'x' });
    await home.store.ratings.put(person.userId, 10, 4.5);
    await setUpGenome((genome) => {
      genome.metadata = genome.metadata.filter(
        (film) => ![9, 10].includes((film as { item_id: number }).item_id),
      );
      (genome.metadata[0] as { directedBy: string }).directedBy = 'Someone Else';
    });
    expect((await titleOf(1)).directors).toEqual(['Someone Else']);
    expect(await home.store.movies.get(9)).toBeNull();
    expect((await titleOf(10)).isRetired).toBe(true);
    expect(await home.store.ratings.get(person.userId, 10)).toMatchObject({ rating: 4.5 });
  });

  test('the catalogue indexed before it is loaded is the one its rows give', async () => {
    await setUpGenome();
    const { catalogueVersion } = (await active())!;
    expect((await buildSnapshot(home)).version).toBe(catalogueVersion);
  });

  test('a title that is rated while its catalogue goes is retired, and found in the new one', async () => {
    await setUpGenome();
    const person = await home.store.users.create({ name: 'Ann', passwordHash: 'x' });
    duringTraining = () => home.store.ratings.put(person.userId, 10, 4.5);
    await setUpGenome((genome) => {
      genome.metadata = genome.metadata.filter((film) => (film as { item_id: number }).item_id !== 10);
    });
    expect((await titleOf(10)).isRetired).toBe(true);
    const library = await loadLibrary(home.dataDir, (await active())!);
    expect(library.catalogue.rowOf(10)).toBeDefined();
  });

  test('that fails in training changes nothing', async () => {
    await setUpGenome();
    const look = async () => [
      await active(),
      await home.store.settings.get('dataset'),
      await home.store.movies.readAll(),
      readFileSync(join(home.dataDir, 'ratings.bin')),
      await readReports(home.dataDir),
    ];
    const before = await look();
    duringTraining = () => Promise.reject(new Error('Training failed: no memory'));
    await expect(
      setUpGenome((genome) => {
        genome.metadata = genome.metadata.slice(0, 6);
      }),
    ).rejects.toThrow('no memory');
    expect(await look()).toEqual(before);
    expect(existsSync(join(home.dataDir, 'staged'))).toBe(false);
  });

  test.each([
    ['a file that is no archive', () => Buffer.from('hello'), /not a whole zip archive/],
    ['an archive cut short', () => zipGenome(smallGenome()).subarray(0, 900), /not a whole zip archive/],
    [
      'another archive',
      () => makeZip([{ name: 'readme.txt', content: 'x' }]),
      /there is no raw\/metadata_updated\.json in it/,
    ],
  ])('%s is refused in one line, and what was there stays', async (_name, bytes, message) => {
    await setUpGenome();
    const before = [
      await active(),
      await home.store.movies.readAll(),
      readFileSync(join(home.dataDir, 'ratings.bin')),
    ];
    const path = join(home.dataDir, 'wrong.zip');
    await writeFile(path, bytes());
    await expect(setup('tag-genome-2021', '--from', path)).rejects.toThrow(message);
    expect([
      await active(),
      await home.store.movies.readAll(),
      readFileSync(join(home.dataDir, 'ratings.bin')),
    ]).toEqual(before);
  });

  test('bad lines and repeated ids are counted by name, not fatal', async () => {
    const report = await setUpGenome((genome) => {
      genome.ratings.splice(3, 0, '{"item_id": 1, "user_id"', '{"item_id": 1, "user_id": 10, "rating": 9.0}');
      genome.metadata.push(genome.metadata[0]);
    });
    expect(report.steps[0]!.dropped).toEqual({ titles: 1, ratings: 2, users: 0 });
    expect(report.steps[0]!.reasons.map(({ reason, examples }) => [reason, examples[0]])).toEqual([
      ['metadata: an id that stood before', 'line 13'],
      ['ratings.json: not JSON', 'line 4'],
      ['ratings.json: "rating" is not 0.5 to 5 by halves', 'line 5'],
    ]);
  });

  test('links.csv gives TMDB ids, named or beside the archive', async () => {
    await writeFile(join(home.dataDir, 'links.csv'), 'movieId,imdbId,tmdbId\n1,0113277,949\n2,0133093,\n');
    await setUpGenome();
    expect((await titleOf(1)).tmdbId).toBe(949);
    expect((await titleOf(2)).tmdbId).toBeNull();
  });
});

describe('add-ons', () => {
  const TMDB_HEADER =
    'id,title,genres,original_language,overview,popularity,production_companies,release_date,budget,revenue,runtime,status,tagline,vote_average,vote_count,credits,keywords,poster_path';
  const write = async (name: string, text: string) => {
    const path = join(home.dataDir, name);
    await writeFile(path, text);
    return path;
  };
  const tmdbFile = () =>
    write(
      'tmdb.csv',
      [
        TMDB_HEADER,
        '949,Heat,Action-Crime-Drama,en,"Thieves &amp; a detective.",1,Warner,1995-12-15,1,1,170,Released,A Los Angeles crime saga,7.9,6000,Al Pacino-Robert De Niro-Val Kilmer,heist-detective,/heat.jpg',
        '78,Up,Animation,en,A house flies away.,1,Pixar,2009-05-28,1,1,96,Released,,7.9,900,,balloon,',
        '5000,Quiet Film,Drama,en,Nobody saw it.,1,,2019-01-01,1,1,90,Released,,5,3,,,',
        '5001,Loud Film,Drama,en,Many saw it.,1,,2019-01-01,1,1,90,Released,,5,300,,,',
      ].join('\n'),
    );

  test('tmdb-movies fills in facts by id, then by name and year, and keeps ratings and model', async () => {
    await write('links.csv', 'movieId,imdbId,tmdbId\n1,0113277,949\n');
    await setUpGenome();
    await home.store.settings.update('active', (now: object | null) => ({ ...now, modelId: 'kept' }));
    const report = await setup('tmdb-movies', '--from', await tmdbFile());
    expect(report.numbers).toMatchObject({
      matchedById: 1,
      matchedByTitleAndYear: 1,
      titlesWithFacts: 2,
      newTitles: 0,
    });
    expect(report.totals).toEqual({ titles: 11, trainedTitles: 7, ratings: 224, users: 32 });
    expect(await titleOf(1)).toMatchObject({
      plot: 'Thieves & a detective.',
      genres: ['Action', 'Crime', 'Drama'],
      languages: ['English'],
      runtimeMinutes: 170,
      cast: ['Al Pacino', 'Robert De Niro', 'Val Kilmer'],
      keywords: ['heist', 'detective'],
      posterPath: '/heat.jpg',
      voteCount: 6000,
      directors: ['Michael Mann'],
    });
    expect(await titleOf(10)).toMatchObject({ tmdbId: 78, plot: 'A house flies away.' });
    expect((await active())!.modelId).toBe('kept');

    // The base set again: the same file still knows nothing of plots, and must not take them away.
    await setUpGenome();
    expect((await titleOf(1)).plot).toBe('Thieves & a detective.');
    expect((await readReports(home.dataDir)).map(({ name }) => name).sort()).toEqual([
      'tag-genome-2021',
      'tmdb-movies',
    ]);
  });

  test('tmdb-movies --new-titles stands alone, with a vote floor and ids that stay', async () => {
    const from = await tmdbFile();
    await setup('tmdb-movies', '--from', from, '--new-titles', '--min-votes', '100');
    const titles = await home.store.movies.readAll();
    expect(titles.map(({ title, movieId }) => [title, movieId])).toEqual([
      ['Heat', 1_000_000],
      ['Up', 1_000_001],
      ['Loud Film', 1_000_002],
    ]);
    await setup('tmdb-movies', '--from', from, '--new-titles', '--min-votes', '100');
    expect(await home.store.movies.readAll()).toEqual(titles);
  });

  test('an add-on without a catalogue is refused with what to do', async () => {
    await expect(setup('tmdb-movies', '--from', await tmdbFile())).rejects.toThrow(
      /none is loaded yet: run setup/,
    );
  });

  test('plots-wikipedia keeps the longer plot and only fills gaps', async () => {
    await setUpGenome();
    const header = 'Release Year,Title,Origin/Ethnicity,Director,Cast,Genre,Wiki Page,Plot';
    const path = await write(
      'plots.csv',
      `${header}\n1995,Heat,American,Michael Mann,Al Pacino,"crime, drama",w,"A long story about a thief and a detective.[1]"\n1999,"Matrix, The",American,Lana Wachowski,,sci-fi,w,short\n1979,Alien,British,Ridley Scott,,horror,w,A ship answers a call it should have left alone.\n`,
    );
    const report = await setup('plots-wikipedia', '--from', path);
    expect(report.steps[0]).toMatchObject({
      in: { titles: 3 },
      kept: { titles: 2 },
      reasons: [{ reason: 'no plot', examples: ['line 3'] }],
    });
    expect(await titleOf(1)).toMatchObject({
      plot: 'A long story about a thief and a detective.',
      genres: ['Crime', 'Drama'],
      countries: ['United States'],
      directors: ['Michael Mann'],
    });
  });

  test('streaming adds films and shows and says where they stream; run twice nothing doubles', async () => {
    await setUpGenome();
    const folder = join(home.dataDir, 'streaming');
    await mkdir(folder);
    const header =
      'show_id,type,title,director,cast,country,date_added,release_year,rating,duration,listed_in,description';
    await writeFile(
      join(folder, 'netflix_titles.csv'),
      `${header}\ns1,Movie,Heat,Michael Mann,,United States,,1995,R,170 min,"Dramas, Thrillers",Thieves.\ns2,TV Show,Dark,,"Louis Hofmann, Lisa Vicari",Germany,,2020,,3 Seasons,"TV Dramas, TV Mysteries",Time is a knot.\n`,
    );
    await writeFile(
      join(folder, 'hulu_titles.csv'),
      `${header}\ns1,Movie,Heat,,,,,1995,R,,Crime,Thieves.\ns2,TV Show,Dark,,Lisa Vicari,,,2017,,1 Season,Drama,A knot.\ns3,Movie,Casino,Somebody Else,,,,1995,,90 min,Comedy,Another one.\n`,
    );
    const report = await setup('streaming', '--from', folder);
    expect(report.numbers).toMatchObject({ matched: 2, added: 2, joinedBetweenCatalogues: 1 });
    expect(report.numbers).toMatchObject({
      titlesWithCountry: 2,
      titlesWithLanguage: 0,
      titlesWithProvider: 3,
    });
    expect((await titleOf(1)).providers).toEqual(['Netflix', 'Hulu']);
    const added = (await home.store.movies.readAll()).filter(({ movieId }) => movieId >= 1_000_000);
    expect(added.map(({ title, kind, year, providers }) => ({ title, kind, year, providers }))).toEqual([
      { title: 'Dark', kind: 'tv', year: 2017, providers: ['Netflix', 'Hulu'] },
      { title: 'Casino', kind: 'movie', year: 1995, providers: ['Hulu'] },
    ]);
    expect(added[0]!.genres).toEqual(['Drama', 'Mystery']);
    const all = await home.store.movies.readAll();
    await setup('streaming', '--from', folder);
    expect(await home.store.movies.readAll()).toEqual(all);
    // The base set again keeps them; another base set takes them away.
    await setUpGenome();
    expect(await home.store.movies.count()).toBe(13);
    const table = await write('table.csv', 'Name,Year\nOnly One,2001\n');
    await setup('csv', '--from', table, '--map', 'Name=title', '--map', 'Year=year');
    expect((await home.store.movies.readAll()).map(({ title }) => title)).toEqual(['Only One']);
    expect((await home.store.settings.get<LoadedDataSets>('dataset'))!.addOns).toEqual([]);
    expect((await readReports(home.dataDir)).map(({ name }) => name)).toEqual(['csv']);
  });
});

describe('other base sets', () => {
  test('a MovieLens archive with genres, links, tags and times', async () => {
    const ratings = ['userId,movieId,rating,timestamp'];
    for (let user = 1; user <= 30; user++)
      ratings.push(`${user},1,4.0,${1000 + user}`, `${user},2,${user % 2 ? '3.5' : '5.0'},2000`);
    const path = join(home.dataDir, 'ml.zip');
    await writeFile(
      path,
      makeZip([
        {
          name: 'ml-latest-small/movies.csv',
          content:
            'movieId,title,genres\n1,Toy Story (1995),Adventure|Animation|Children\n2,"Postman, The (Postino, Il) (1994)",Comedy|Sci-Fi\n3,No Year,(no genres listed)\n',
        },
        { name: 'ml-latest-small/ratings.csv', content: ratings.join('\n') },
        {
          name: 'ml-latest-small/tags.csv',
          content: 'userId,movieId,tag,timestamp\n1,1,Pixar,1\n2,1,pixar,1\n3,2,Italy,1\n',
        },
        { name: 'ml-latest-small/links.csv', content: 'movieId,imdbId,tmdbId\n1,0114709,862\n' },
        { name: 'ml-latest-small/genome-tags.csv', content: 'tagId,tag\n7,Pixar\n8,toys\n9,dull\n' },
        {
          name: 'ml-latest-small/genome-scores.csv',
          content:
            'movieId,tagId,relevance\n1,7,0.96825\n1,8,0.62500\n1,9,0.02500\n2,9,2e-05\n99,7,0.9\n1,4,0.9\n2,8,x\n',
        },
      ]),
    );
    const report = await setup('ml-latest-small', '--from', path);
    expect(report.totals).toEqual({ titles: 2, trainedTitles: 2, ratings: 60, users: 30 });
    expect(await titleOf(1)).toMatchObject({
      genres: ['Adventure', 'Animation', 'Family'],
      imdbId: 'tt0114709',
      tmdbId: 862,
    });
    expect((await titleOf(2)).title).toBe('The Postman');
    expect([...readRatings(join(home.dataDir, 'ratings.bin')).timestamps!.slice(0, 2)]).toEqual([1001, 2000]);
    const { counts, tags } = await home.store.tags.readAll();
    const rows = [...counts.movieIds].map((movieId, at) => [
      movieId,
      tags.find(({ tagId }) => tagId === counts.tagIds[at])!.name,
      counts.counts[at],
      Math.round(counts.relevances[at]! * 1e5) / 1e5,
    ]);
    expect(rows).toEqual([
      [1, 'pixar', 2, 0.96825],
      [1, 'toys', 0, 0.625],
      [2, 'italy', 1, NaN],
    ]);
  });

  test('a table of one’s own needs a mapping, and says which fields there are', async () => {
    const path = join(home.dataDir, 'table.csv');
    await writeFile(
      path,
      'Name,Released,Type,About,Mood\nDark,2017-12-01,TV Series,A knot.,bleak|twisty\n,2000,,,\nNo Year,,,,\n',
    );
    await expect(setup('csv', '--from', path)).rejects.toThrow('csv needs at least --map COLUMN=title');
    await expect(setup('csv', '--from', path, '--map', 'Name=titel')).rejects.toThrow(
      /FIELD one of movieId, imdbId/,
    );
    await expect(setup('csv', '--from', path, '--map', 'Titel=title')).rejects.toThrow(
      /missing column Titel/,
    );
    await writeFile(
      path,
      `${readFileSync(path, 'utf8')}Heat,1995,film,Thieves.,heist\nAlien,1979,film,A ship.,space\n`,
    );
    const map = ['Name=title', 'Released=year', 'Type=kind', 'About=plot', 'Mood=tags'].flatMap((pair) => [
      '--map',
      pair,
    ]);
    const report = await setup('csv', '--from', path, ...map);
    expect(report.steps[0]).toMatchObject({ in: { titles: 5 }, kept: { titles: 3 } });
    const [dark] = await home.store.movies.readAll();
    expect(dark).toMatchObject({
      movieId: 1_000_000,
      title: 'Dark',
      year: 2017,
      kind: 'tv',
      plot: 'A knot.',
    });
    expect((await active())!.modelId).toBeNull();
  });
});

test('titles of the starter without a MovieLens id share no number with titles of another set', async () => {
  const table = join(home.dataDir, 'table.csv');
  await writeFile(table, 'Name,Year\nSome Film,2001\n');
  await setup('csv', '--from', table, '--map', 'Name=title', '--map', 'Year=year');
  await setup('starter');
  const titles = await home.store.movies.readAll();
  expect(titles.length).toBeGreaterThan(300);
  expect(titles.some(({ movieId }) => movieId === 1_000_000)).toBe(false);
  expect(titles.some(({ movieId }) => movieId === 1_000_001)).toBe(true);
  expect(titles.find(({ title }) => title === 'Alien')).toMatchObject({ year: 1979, movieId: 1214 });
});

describe('one setup at a time', () => {
  const asSetup = (work: () => Promise<string>) =>
    asJob(home.store, { kind: 'setup', detail: {}, onProgress: () => {} }, work);

  test('a second one is refused in one line while the first runs, and allowed after it', async () => {
    const first = await asSetup(async () => {
      await expect(asSetup(() => Promise.resolve('second'))).rejects.toThrow(
        /^A setup is already running since/,
      );
      return 'first';
    });
    expect(first).toBe('first');
    expect(await asSetup(() => Promise.resolve('third'))).toBe('third');
    await expect(asSetup(() => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
    expect((await home.store.jobs.list()).map(({ state, error }) => [state, error])).toEqual([
      ['failed', 'no luck'],
      ['done', null],
      ['done', null],
    ]);
  });

  test('one that was given up meanwhile is left where it is', async () => {
    const endless = asJob(
      home.store,
      { kind: 'setup', detail: {}, onProgress: () => {}, heartbeatMs: 10 },
      () => new Promise<never>(() => {}),
    );
    await expect.poll(async () => (await home.store.jobs.running()).length).toBe(1);
    const [job] = await home.store.jobs.running();
    await home.store.jobs.fail(job!.jobId, 'It stopped without a word.');
    await expect(endless).rejects.toThrow('it was given up');
  });

  test('one that is interrupted is on record as failed at once, and another may begin', async () => {
    const stopping = new AbortController();
    const endless = asJob(
      home.store,
      { kind: 'train', detail: {}, onProgress: () => {}, signal: stopping.signal },
      () => new Promise<never>(() => {}),
    );
    await expect.poll(async () => (await home.store.jobs.running()).length).toBe(1);
    stopping.abort(new Error('Interrupted'));
    await expect(endless).rejects.toThrow('Interrupted');
    const [job] = await home.store.jobs.list();
    expect([job?.state, job?.error]).toEqual(['failed', 'Interrupted']);
    expect(await asSetup(() => Promise.resolve('done'))).toBe('done');
  });

  test('one whose process is gone does not stand in the way', async () => {
    const { hostname } = await import('node:os');
    await home.store.jobs.claim('setup', { detail: { processId: 2 ** 22 + 1, host: hostname() } });
    expect(await asSetup(() => Promise.resolve('done'))).toBe('done');
  });

  test('files that a killed setup left aside are removed by the next', async () => {
    await writeFile(join(home.dataDir, 'ratings.bin.4711.part'), 'half');
    await setUpGenome();
    expect(existsSync(join(home.dataDir, 'ratings.bin.4711.part'))).toBe(false);
  });
});

test('a set that cannot be fetched says where to get it; a licence has to be accepted', async () => {
  await expect(setup('plots-wikipedia')).rejects.toThrow(/get it from https:\/\/www\.kaggle\.com/);
  await expect(setup('ml-32m')).rejects.toThrow(/Accept it with --yes/);
  await expect(setup('csv', '--from', '/no/such/file')).rejects.toThrow(
    '--from: there is no file or folder /no/such/file',
  );
  await expect(dataSetNamed('imdb')).rejects.toThrow(
    /There is no data set "imdb"; known: starter, tag-genome-2021/,
  );
});
