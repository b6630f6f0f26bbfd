import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { BadRows } from '../../datasets/support/badRows.ts';
import { type CsvNotes, csvRows } from '../../datasets/support/csvRows.ts';
import { eachLine, readJsonLines } from '../../datasets/support/jsonLines.ts';
import { readRatingCsv } from '../../datasets/support/ratingCsv.ts';
import { readRatingLines } from '../../datasets/support/ratingLines.ts';
import type { RatingRows } from '../../datasets/support/ratingRows.ts';
import { decodeEntities, decodeWindows1252, repairText } from '../../datasets/support/textRepair.ts';
import { openFiles, type ZipLimits } from '../../datasets/support/zipStream.ts';
import { makeZip, type ZipFileContent } from './support/makeZip.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marquee-readers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const rowsOf = (rows: RatingRows) =>
  [...rows.chunks()].flatMap(({ users, items, halfStars, seconds, length }) =>
    Array.from({ length }, (_, at) => [
      users[at],
      items[at],
      halfStars[at],
      ...(seconds ? [seconds[at]] : []),
    ]),
  );

describe('lines', () => {
  test('come out whole wherever the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[a-zé]{0,8}$/), { maxLength: 12 }),
        fc.integer({ min: 1, max: 7 }),
        async (lines, size) => {
          const bytes = Buffer.from(lines.join('\r\n'));
          const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
            bytes.subarray(at * size, at * size + size),
          );
          const seen: string[] = [];
          await eachLine(Readable.from(pieces), (buffer, start, end) =>
            seen.push(buffer.toString('utf8', start, end)),
          );
          expect(seen).toEqual(lines.filter((line) => line !== ''));
        },
      ),
    );
  });

  test('a byte order mark and line ends of Windows are no part of a line', async () => {
    const lines: string[] = [];
    await eachLine(Readable.from([Buffer.from('\uFEFFone\r\n\r\ntwo')]), (buffer, start, end, line) =>
      lines.push(`${line} ${buffer.toString('utf8', start, end)}`),
    );
    expect(lines).toEqual(['1 one', '3 two']);
  });

  test('broken JSON in the middle is named by its line, counted, and the rest is read', async () => {
    const bad = new BadRows('tags.json');
    const ids: number[] = [];
    const text = '{"id": 1}\n{"id": 2\n{"id": "x"}\n{"id": 4}\n{"id": 5}\n';
    await readJsonLines(Readable.from([Buffer.from(text)]), z.object({ id: z.int() }), bad, ({ id }) =>
      ids.push(id),
    );
    expect(ids).toEqual([1, 4, 5]);
    expect(bad.count).toBe(2);
    expect(bad.reasons().find(({ reason }) => reason === 'tags.json: not JSON')?.examples).toEqual([
      'line 2',
    ]);
  });

  test('too many bad rows stop the reading and say such as which', async () => {
    const bad = new BadRows('tags.json', 3);
    const stream = Readable.from([Buffer.from('nonsense\n'.repeat(10))]);
    await expect(readJsonLines(stream, z.object({}), bad, () => {})).rejects.toThrow(
      'tags.json: more than 3 rows cannot be read, such as line 1 (not JSON)',
    );
  });

  test('a short file of which nothing can be read is refused', () => {
    const bad = new BadRows('ratings.json');
    bad.add(1, 'not JSON');
    expect(() => bad.finish(0)).toThrow('ratings.json: 1 of 1 rows cannot be read');
    expect(() => new BadRows('ratings.json').finish(0)).toThrow('ratings.json: there is no row in it');
  });
});

describe('rating lines', () => {
  const read = async (text: string) => {
    const bad = new BadRows('ratings.json');
    const rows = await readRatingLines(Readable.from([Buffer.from(text)]), bad, () => {});
    return { rows: rowsOf(rows), bad };
  };

  test('read by hand give what JSON.parse gives', async () => {
    const rating = fc.record({
      item_id: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      user_id: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      half: fc.integer({ min: 1, max: 10 }),
      isPlain: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(rating, { minLength: 1 }), async (ratings) => {
        const text = ratings.map(({ item_id, user_id, half, isPlain }) =>
          isPlain
            ? `{"item_id": ${item_id}, "user_id": ${user_id}, "rating": ${(half / 2).toFixed(1)}}`
            : JSON.stringify({ user_id, rating: half / 2, item_id }),
        );
        const { rows, bad } = await read(text.join('\n'));
        expect(bad.count).toBe(0);
        expect(rows).toEqual(ratings.map(({ user_id, item_id, half }) => [user_id, item_id, half]));
      }),
    );
  });

  test.each([
    ['{"item_id": 1, "user_id": 2, "rating": 5.5}', '"rating" is not 0.5 to 5 by halves'],
    ['{"item_id": 1, "user_id": 2, "rating": 0.0}', '"rating" is not 0.5 to 5 by halves'],
    ['{"item_id": 1, "user_id": 2, "rating": 3.7}', '"rating" is not 0.5 to 5 by halves'],
    ['{"item_id": -1, "user_id": 2, "rating": 3.5}', '"item_id" is not an id'],
    ['{"item_id": 1, "user_id": 99999999999, "rating": 3.5}', '"user_id" is not an id'],
    ['{"item_id": 1, "user_id": 2, "rating": 3.5', 'not JSON'],
    ['{"item_id": 1, "user_id": 2}', '"rating" is not 0.5 to 5 by halves'],
    ['null', '"item_id" is not an id'],
  ])('%s is a bad row', async (line, reason) => {
    const { rows, bad } = await read(`{"item_id": 1, "user_id": 2, "rating": 4.0}\n${line}`);
    expect(rows).toEqual([[2, 1, 8]]);
    expect(bad.reasons()).toEqual([{ reason: `ratings.json: ${reason}`, count: 1, examples: ['line 2'] }]);
  });
});

describe('ratings.csv', () => {
  const read = async (text: string) => {
    const bad = new BadRows('ratings.csv');
    return { rows: rowsOf(await readRatingCsv(Readable.from([Buffer.from(text)]), bad, () => {})), bad };
  };

  test('is read with its times, whatever the order of the columns', async () => {
    const { rows } = await read(
      '\uFEFFmovieId,userId,timestamp,rating\n31,1,1260759144,2.5\n"1029","7","1260759179","3"\n',
    );
    expect(rows).toEqual([
      [1, 31, 5, 1_260_759_144],
      [7, 1029, 6, 1_260_759_179],
    ]);
  });

  test('without one of its columns is refused by name', async () => {
    await expect(read('userId,stars\n1,2\n')).rejects.toThrow('ratings.csv: missing columns movieId, rating');
  });

  test('rows that are no numbers are counted', async () => {
    const { rows, bad } = await read('userId,movieId,rating\n1,2,4\nx,2,4\n1,2,\n1,2,4.0.0\n');
    expect(rows).toEqual([[1, 2, 8]]);
    expect(bad.count).toBe(3);
  });
});

describe('CSV tables', () => {
  const notes = (): CsvNotes => ({ latin1Lines: 0, repairedRows: 0, unevenRows: 0 });
  const read = async (
    content: string | Buffer,
    required: string[],
    counted = notes(),
    name = 'table.csv',
  ) => {
    const path = join(folder, name);
    await writeFile(path, content);
    const rows: Record<string, string>[] = [];
    for await (const { row } of csvRows(path, { required }, counted)) rows.push(row);
    return { rows, counted };
  };

  test('quotes, commas and line breaks in values, a byte order mark and gzip are understood', async () => {
    const text = '\uFEFFid,title\r\n1,"Me, Myself\nand ""Irene"""\r\n2,Up\r\n';
    const expected = [
      { id: '1', title: 'Me, Myself\nand "Irene"' },
      { id: '2', title: 'Up' },
    ];
    expect((await read(text, ['id'])).rows).toEqual(expected);
    expect((await read(gzipSync(text), ['id'], notes(), 'table.csv.gz')).rows).toEqual(expected);
  });

  test('Latin-1 lines are read as what they are, UTF-8 lines beside them too, and counted', async () => {
    const mixed = Buffer.concat([
      Buffer.from('title\nAmélie\n'),
      Buffer.from('Léon\n', 'latin1'),
      Buffer.from('Éloge\n'),
    ]);
    const { rows, counted } = await read(mixed, ['title']);
    expect(rows.map(({ title }) => title)).toEqual(['Amélie', 'Léon', 'Éloge']);
    expect(counted.latin1Lines).toBe(1);
  });

  test.each([
    [';', 'Name;Year;Note\r\n"Heat; again";1995;a, b\r\n'],
    ['tab', 'Name\tYear\tNote\n"Heat; again"\t1995\ta, b\n'],
    ['|', '"Name"|"Year"|"Note"\nHeat; again|1995|a, b'],
  ])('values may be separated by %s: the first line shows it', async (_separator, text) => {
    expect((await read(`\uFEFF${text}`, ['Name', 'Year'])).rows).toEqual([
      { Name: 'Heat; again', Year: '1995', Note: 'a, b' },
    ]);
  });

  test('a row is named by the line it ends on, empty lines and line breaks in values counted', async () => {
    const path = join(folder, 'lines.csv');
    await writeFile(path, 'id,text\n1,"a\n\nb"\n\n2,c\r\n\n3,d');
    const lines: number[] = [];
    for await (const { line } of csvRows(path, { required: ['id'] })) lines.push(line);
    expect(lines).toEqual([4, 6, 8]);
  });

  test('gzip is known by its bytes, whatever the name', async () => {
    expect((await read(gzipSync('id\n7\n'), ['id'])).rows).toEqual([{ id: '7' }]);
  });

  test('the only table of a folder or an archive is found, gzipped or not; of two none is guessed', async () => {
    const rows = async (path: string) => {
      const all: string[] = [];
      for await (const { row } of csvRows(path, { required: ['id'] })) all.push(row['id']!);
      return all;
    };
    const archive = join(folder, 'archive.zip');
    await writeFile(
      archive,
      makeZip([
        { name: 'readme.txt', content: 'x' },
        { name: '__MACOSX/._plots.csv', content: 'x' },
        { name: 'data/plots.csv', content: 'id\n1\n' },
      ]),
    );
    expect(await rows(archive)).toEqual(['1']);
    const home = join(folder, 'tables');
    await mkdir(home);
    await writeFile(join(home, 'readme.md'), 'x');
    await expect(rows(home)).rejects.toThrow('tables: there is no .csv table in it');
    await writeFile(join(home, 'a.csv.gz'), gzipSync('id\n2\n'));
    expect(await rows(home)).toEqual(['2']);
    await writeFile(join(home, 'b.csv'), 'id\n3\n');
    await expect(rows(home)).rejects.toThrow('tables: there is more than one table (a.csv.gz, b.csv) in it');
  });

  test('missing columns are named all at once', async () => {
    await expect(read('id,name\n1,x\n', ['id', 'title', 'plot'])).rejects.toThrow(
      'table.csv: missing columns title, plot (it has: id, name)',
    );
  });

  test('an empty file, a cut gzip and a file that is not there are refused in one line', async () => {
    await expect(read('', ['id'])).rejects.toThrow('table.csv: the file is empty');
    const cut = gzipSync('id\n'.repeat(100_000)).subarray(0, 60);
    await expect(read(cut, ['id'], notes(), 'cut.csv.gz')).rejects.toThrow(/^cut\.csv\.gz: cannot be read/);
    await expect(csvRows(join(folder, 'none.csv'), { required: [] }).next()).rejects.toThrow(
      'there is no such file',
    );
  });
});

describe('text that was read in the wrong encoding', () => {
  test.each([
    ['Andyâ€™s favorite', 'Andy’s favorite'],
    ['divorcÃ©e', 'divorcée'],
    ['IndigÃ¨nes', 'Indigènes'],
    ['Ã‰va IgÃ³', 'Éva Igó'],
    ['committed â€“ but', 'committed – but'],
  ])('%s becomes %s', (text, repaired) => expect(repairText(text)).toBe(repaired));

  test.each(['Léon: The Professional', 'São Paulo', 'Ã', 'naïve café', 'Straße', '侠女', 'Â'])(
    '%s stays as it is',
    (text) => expect(repairText(text)).toBe(text),
  );

  test('any text misread once is repaired', () => {
    const misread = (text: string) => decodeWindows1252(Buffer.from(text));
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z éèüñç’–]{0,30}$/), (text) => {
        expect(repairText(misread(text))).toBe(text);
      }),
    );
  });

  test('entities become characters, unknown ones stay', () => {
    expect(decodeEntities('cat &amp; mouse &#39;n&#039; &bogus; R&B')).toBe("cat & mouse 'n' &bogus; R&B");
  });
});

describe('archives', () => {
  const open = async (bytes: Buffer, limits?: Partial<ZipLimits>) => {
    const path = join(folder, 'archive.zip');
    await writeFile(path, bytes);
    return openFiles(path, limits);
  };
  const readAll = async (files: ZipFileContent[], name: string) => {
    const source = await open(makeZip(files));
    const chunks: Buffer[] = [];
    for await (const chunk of await source.open(name)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  };

  test('give their files by the end of their path', async () => {
    const source = await open(makeZip([{ name: 'any/raw/ratings.json', content: 'x' }]));
    expect(source.find('raw/ratings.json')).toBe('any/raw/ratings.json');
    expect(source.find('ratings')).toBeNull();
    expect(await readAll([{ name: 'a.txt', content: 'hello\n'.repeat(1000) }], 'a.txt')).toBe(
      'hello\n'.repeat(1000),
    );
  });

  test('a folder works like the archive it was unpacked from', async () => {
    await writeFile(join(folder, 'movies.csv'), 'movieId\n1\n');
    const source = await openFiles(folder);
    expect(source.find('movies.csv')).toBe('movies.csv');
  });

  test('a file that is no archive, and one cut short, are refused', async () => {
    await expect(open(Buffer.from('not a zip'))).rejects.toThrow(/not a whole zip archive/);
    const whole = makeZip([{ name: 'a', content: 'x'.repeat(5000) }]);
    await expect(open(whole.subarray(0, -30))).rejects.toThrow(/not a whole zip archive/);
  });

  test('names that lead out, symbolic links, too many entries and bombs are refused before anything is unpacked', async () => {
    await expect(open(makeZip([{ name: '../evil', content: 'x' }]))).rejects.toThrow(
      /not a sound zip archive/,
    );
    await expect(open(makeZip([{ name: 'link', content: '/etc/passwd', mode: 0o120777 }]))).rejects.toThrow(
      'link is a symbolic link',
    );
    await expect(
      open(
        makeZip([
          { name: 'a', content: '' },
          { name: 'b', content: '' },
        ]),
        { entries: 1 },
      ),
    ).rejects.toThrow('2 entries, more than the 1 allowed');
    await expect(open(makeZip([{ name: 'bomb', content: Buffer.alloc(3_000_000) }]))).rejects.toThrow(
      /a zip bomb/,
    );
    await expect(
      open(makeZip([{ name: 'big', content: 'x'.repeat(2000) }]), { entryBytes: 1000 }),
    ).rejects.toThrow(/more than is allowed/);
  });

  test('an entry that unpacks to more than it says, or to other bytes, is refused while it is read', async () => {
    const content = 'hello\n'.repeat(1000);
    await expect(readAll([{ name: 'a', content, claims: { size: 100 } }], 'a')).rejects.toThrow(/zip bomb/);
    await expect(readAll([{ name: 'a', content, claims: { checksum: 1 } }], 'a')).rejects.toThrow(
      /is damaged/,
    );
  });
});
