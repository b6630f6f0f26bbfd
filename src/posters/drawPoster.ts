import { chooseColours } from './chooseColours.ts';
import { fittingMotifs } from './chooseMotif.ts';
import { cleanText, escapeXml } from './escapeXml.ts';
import { chooseLayout, HEIGHT, LAYOUTS, WIDTH, type Laid, type LayoutName } from './layouts.ts';
import { MOTIFS, type MotifName } from './motifs/index.ts';
import { seededRandom } from './random.ts';
import type { Palette, PosterSubject } from './types.ts';

/** How a poster comes to look as it does, before anything is drawn. */
export interface Composition {
  motif: MotifName;
  layout: LayoutName;
  colours: Palette;
}

/** What decides a poster: the motif from the title's tags and genres, the layout and the colours from its id. */
export function compose(subject: PosterSubject): Composition {
  const fitting = fittingMotifs(subject);
  const variant = subject.variant ?? 0;
  const motif = fitting[variant % fitting.length] ?? 'circles';
  const layout = chooseLayout(
    MOTIFS[motif].kind,
    subject.title,
    seededRandom(subject.movieId, `layout ${variant}`),
  );
  return { motif, layout, colours: chooseColours(subject) };
}

/** Draws a composition; apart from `drawPoster` so that tests can ask for every pair of motif and layout. */
export function drawComposition(subject: PosterSubject, { motif, layout, colours }: Composition): Laid {
  const random = seededRandom(subject.movieId, `art ${subject.variant ?? 0}`);
  return LAYOUTS[layout]({ subject, motif: MOTIFS[motif], colours, random });
}

/**
 * A poster as SVG, 400 × 600: a motif from the rarest genre or a telling tag, a palette that suits, the title lettered as
 * outlines. The same title always gives the same poster. No styles, no scripts, nothing from elsewhere.
 */
export function drawPoster(subject: PosterSubject): string {
  const { markup } = drawComposition(subject, compose(subject));
  const name = escapeXml(cleanText(subject.title.slice(0, 1000)) || 'Untitled');
  const label = subject.year === null ? name : `${name} (${subject.year})`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img"><title>${label}</title>${markup}</svg>`;
}
