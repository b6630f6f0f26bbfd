import { describe, expect, test } from 'vitest';
import { chooseVariants } from '../../src/posters/chooseVariants.ts';
import { fittingMotifs } from '../../src/posters/chooseMotif.ts';
import { compose } from '../../src/posters/drawPoster.ts';
import { MOTIFS } from '../../src/posters/motifs/index.ts';
import { BY_GENRE, signalledMotifs } from '../../src/posters/signals.ts';
import { starterSubjects, subject } from './support.ts';

const motifsOf = (subjects: ReturnType<typeof starterSubjects>): string[] => {
  const variants = chooseVariants(subjects);
  return subjects.map((one, i) => compose({ ...one, variant: variants[i]! }).motif);
};

describe('which motif a title gets', () => {
  test('every motif that words and genres name exists', () => {
    const named = [...signalledMotifs(), ...Object.values(BY_GENRE).flatMap(({ motifs }) => motifs)];
    expect(named.filter((motif) => !(motif in MOTIFS))).toEqual([]);
  });

  test.each([
    ['Das Boot', 'submarine', ['submarine', 'sea', 'anchor']],
    ['Groundhog Day', 'time loop', ['clock', 'hourglass', 'spiral']],
    ['12 Angry Men', 'courtroom', ['scales', 'columns', 'people']],
    ['Rififi', 'heist', ['vault', 'key', 'keyhole', 'ladder']],
    ['Raging Bull', 'boxing', ['boxing']],
    ['Yojimbo', 'samurai', ['katana', 'sun', 'bird']],
    ['Rosetta', 'snow', ['snowflake', 'snow', 'mountain']],
  ])('%s, tagged %s, is drawn with what the tag tells of', (title, tag, expected) => {
    const [first] = fittingMotifs(subject({ title, tags: [{ name: tag, relevance: 1 }] }));
    expect(expected).toContain(first);
  });

  test('a word of the title decides where no tag does', () => {
    expect(['train']).toContain(fittingMotifs(subject({ title: 'The Night Train' })).find((motif) => motif === 'train'));
    expect(fittingMotifs(subject({ title: 'Piano' }))[0]).toMatch(/piano|notes|pulse/);
    expect(fittingMotifs(subject({ title: 'Training Day' }))).not.toContain('train');
  }); // prettier-ignore

  test('every title has three different motifs, whatever is known of it', () => {
    const known = [
      ...starterSubjects(),
      subject({ genres: [] }),
      subject({ genres: ['Opera Buffa'], title: '' }),
    ];
    for (const one of known) {
      const fitting = fittingMotifs(one);
      expect(fitting.length).toBeGreaterThanOrEqual(3);
      expect(new Set(fitting).size).toBe(fitting.length);
    }
  });

  test('titles of one genre without tags share few motifs', () => {
    for (const genre of Object.keys(BY_GENRE)) {
      const first = Array.from({ length: 60 }, (_, i) => fittingMotifs(subject({ movieId: i * 37 + 5, title: 'Xyz', genres: [genre] }))[0]); // prettier-ignore
      expect(new Set(first).size, genre).toBeGreaterThanOrEqual(5);
    }
  });
});

describe('a shelf', () => {
  test('never shows one motif twice within three places, where the titles have another', () => {
    const all = starterSubjects();
    let repeats = 0;
    for (let start = 0; start + 20 <= all.length; start += 20) {
      const motifs = motifsOf(all.slice(start, start + 20));
      motifs.forEach((motif, i) => (repeats += motifs.slice(Math.max(0, i - 3), i).includes(motif) ? 1 : 0));
    }
    expect(repeats).toBe(0);
  });

  test('of one genre keeps neighbours apart as well', () => {
    for (const genre of ['Horror', 'Romance', 'Western', 'Documentary', 'War']) {
      const motifs = motifsOf(starterSubjects().filter(({ genres }) => genres.includes(genre)).slice(0, 20)); // prettier-ignore
      motifs.forEach((motif, i) => expect(motifs.slice(Math.max(0, i - 3), i), `${genre} ${i}`).not.toContain(motif)); // prettier-ignore
    }
  });

  test('of twenty in a row has no two of one motif in one layout', () => {
    const all = starterSubjects();
    const same: string[] = [];
    for (let start = 0; start + 20 <= all.length; start += 20) {
      const row = all.slice(start, start + 20);
      const variants = chooseVariants(row);
      const pairs = row.map((one, i) => { const { motif, layout } = compose({ ...one, variant: variants[i]! }); return `${motif} ${layout}`; }); // prettier-ignore
      if (new Set(pairs).size < 20) same.push(...pairs.filter((pair, i) => pairs.indexOf(pair) !== i));
    }
    // Sixty rows of twenty: a pair may meet here and there, far apart and drawn with another seed, and no more.
    expect(same.length).toBeLessThanOrEqual(12);
  });

  test('is chosen alike every time, and an empty shelf is empty', () => {
    const shelf = starterSubjects().slice(0, 30);
    expect(chooseVariants(shelf)).toEqual(chooseVariants(shelf));
    expect(chooseVariants([])).toEqual([]);
  });

  test('goes by the motifs it is given for a title', () => {
    const twins = [1, 2].map((movieId) => subject({ movieId, title: 'Untold', genres: [] }));
    const boxing = [{ name: 'boxing', relevance: 1 }];
    const bare = twins.map(({ movieId, title, genres }) => ({ movieId, title, genres }));
    const variants = chooseVariants(bare, (title) =>
      fittingMotifs({ ...title, kind: 'movie', tags: boxing }),
    );
    const motifs = twins.map((one, i) => compose({ ...one, tags: boxing, variant: variants[i]! }).motif);
    expect(motifs[0]).toBe('boxing');
    expect(motifs[1]).not.toBe('boxing');
  });
});
