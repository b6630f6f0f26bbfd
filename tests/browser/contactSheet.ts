/**
 * Draws a contact sheet of posters with Chromium, for docs/posters.md:
 * `node --import tsx tests/browser/contactSheet.ts [--count 200] [--columns 20] [--width 86] [--skip 0] [--out docs/images/contact-sheet.png]`
 * `--motifs` draws every motif four times instead of titles of the starter catalogue.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { chooseVariants } from '../../src/posters/chooseVariants.ts';
import { compose, drawComposition, drawPoster } from '../../src/posters/drawPoster.ts';
import { LAYOUTS, type LayoutName } from '../../src/posters/layouts.ts';
import { MOTIFS, type MotifName } from '../../src/posters/motifs/index.ts';
import { hashText } from '../../src/seededRandom.ts';
import type { PosterSubject } from '../../src/posters/types.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    columns: { type: 'string', default: '20' },
    width: { type: 'string', default: '86' },
    skip: { type: 'string', default: '0' },
    out: { type: 'string', default: 'docs/images/contact-sheet.png' },
    motifs: { type: 'string' },
    genre: { type: 'string' },
  },
});

interface StarterTitle {
  /** Titles that MovieLens does not have get a number when they are loaded; here the name gives one. */
  movieId: number | null;
  title: string;
  year: number;
  kind: 'movie' | 'tv';
  genres: string[];
  directors: string[];
  tags: Record<string, number>;
}

function starterSubjects(): PosterSubject[] {
  const folder = new URL('../../datasets/starter/titles/', import.meta.url);
  const lines = readdirSync(folder)
    .sort()
    .flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split('\n'));
  const titles = lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as StarterTitle);
  return titles.map((title) => ({
    ...title,
    movieId: title.movieId ?? hashText(title.title),
    byline: title.directors.slice(0, 2).join(', '),
    tags: Object.entries(title.tags).map(([name, percent]) => ({ name, relevance: percent / 100 })),
  }));
}

/** Titles from all over the catalogue, in an order that mixes years. */
function chosenTitles(): string[] {
  const all = starterSubjects().filter(({ genres }) => !values.genre || genres.includes(values.genre));
  const mixed = [...all].sort((a, b) => ((a.movieId * 7919) % 10_007) - ((b.movieId * 7919) % 10_007));
  const chosen = mixed.slice(Number(values.skip), Number(values.skip) + Number(values.count));
  const variants = chooseVariants(chosen);
  return chosen.map((subject, i) => drawPoster({ ...subject, variant: variants[i] ?? 0 }));
}

/** Every motif several times, whatever the title. */
function everyMotif(names: string): string[] {
  const all = starterSubjects();
  const wanted = names === 'all' ? Object.keys(MOTIFS) : names.split(',');
  const layouts = Object.keys(LAYOUTS) as LayoutName[];
  return wanted.flatMap((name, row) =>
    Array.from({ length: Number(values.count) }, (_, i) => {
      const subject = all[(row * 31 + i * 17) % all.length]!;
      const layout: LayoutName = i < 3 ? 'titleBelow' : layouts[(row + i) % layouts.length]!;
      const composed = { ...compose(subject), motif: name as MotifName, layout };
      return `<svg viewBox="0 0 400 600">${drawComposition(subject, composed).markup}</svg>`;
    }),
  );
}

const posters = values.motifs ? everyMotif(values.motifs) : chosenTitles();
const columns = Number(values.columns);
const width = Number(values.width);
const images = posters.map((svg) => {
  const whole = svg.includes('xmlns')
    ? svg
    : svg.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');
  return `<img src="data:image/svg+xml;base64,${Buffer.from(whole).toString('base64')}" width="${width}" height="${width * 1.5}">`;
});
const page = `<!doctype html><body style="margin:0;padding:12px;background:#e9e5dc;display:grid;gap:10px;grid-template-columns:repeat(${columns},${width}px)">${images.join('')}`;
const browser = await chromium.launch({
  executablePath: process.env['MARQUEE_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
}); // prettier-ignore
const tab = await browser.newPage({ viewport: { width: columns * (width + 10) + 14, height: 800 } });
await tab.setContent(page, { waitUntil: 'load' });
await tab.screenshot({ path: values.out, fullPage: true });
await browser.close();
const sizes = posters.map((svg) => svg.length).sort((a, b) => a - b);
console.log(
  `${posters.length} posters; median ${sizes[sizes.length >> 1]} bytes, largest ${sizes.at(-1)}; ${values.out}`,
);
