import { legibleOn } from './contrast.ts';
import { drawBlock, fitTitle, smallLine, type Align, type Block, type Box } from './lettering.ts';
import { circlePath, fillPath, holedPath, line, num, polygon, rect, rotated } from './shapes.ts';
import type { Random } from './random.ts';
import type { Motif, MotifKind, Palette, PosterSubject, Scene } from './types.ts';

/** A poster is 400 × 600; lettering keeps this far from the edge. */
export const WIDTH = 400;
export const HEIGHT = 600;
const MARGIN = 26;
const COLUMN = WIDTH - 2 * MARGIN;

/** What a layout has to place. */
export interface Parts {
  subject: PosterSubject;
  motif: Motif;
  colours: Palette;
  random: Random;
}

/** A laid-out poster, with what its tests and its documentation want to know. */
export interface Laid {
  markup: string;
  /** Colour of the lettering and of what lies behind it. */
  ink: string;
  behind: string;
  block: Block;
}

type Layout = (parts: Parts) => Laid;

function small({ subject }: Parts): string[] {
  return [subject.year === null ? '' : String(subject.year), subject.byline];
}

/** Draws the motif into a box that clips it. */
function stage(parts: Parts, x: number, y: number, w: number, h: number, colours = parts.colours): Scene {
  const scene = parts.motif.draw({
    w,
    h,
    cx: w / 2,
    cy: h / 2,
    u: Math.min(w, h),
    c: colours,
    random: parts.random,
  });
  const place = x === 0 && y === 0 ? '' : `x="${num(x)}" y="${num(y)}" `;
  return { ...scene, art: `<svg ${place}width="${num(w)}" height="${num(h)}">${scene.art}</svg>` };
}

function inkOn(behind: string, { colours: c }: Parts): string {
  return legibleOn(behind, [c.ink, c.ground, c.detail, c.accent, c.shape]);
}

function fit(parts: Parts, box: Partial<Box> = {}): Block {
  return fitTitle(parts.subject.title, { width: COLUMN, height: 190, maxSize: 150, ...box });
}

/** Art above, title below, standing on whatever colour the art runs out into. */
const titleBelow: Layout = (parts) => {
  const block = fit(parts, { isStacked: parts.random.chance(0.3), height: 200 });
  const top = HEIGHT - 62 - block.height;
  // The floor laps one unit over the art, so that no seam shows at any size.
  const edge = Math.round(top - 22);
  const scene = stage(parts, 0, 0, WIDTH, edge);
  const behind = scene.floor ?? parts.colours.ground;
  const ink = inkOn(behind, parts);
  const align: Align = parts.random.chance(0.25) && parts.motif.kind === 'object' ? 'centre' : 'left';
  return {
    markup:
      rect(0, 0, WIDTH, HEIGHT, scene.sky ?? parts.colours.ground) +
      scene.art +
      rect(0, edge - 1, WIDTH, HEIGHT - edge + 1, behind) +
      drawBlock(block, MARGIN, top, COLUMN, align, ink) +
      smallLine(small(parts), MARGIN, HEIGHT - 26, COLUMN, align, ink),
    ink, behind, block,
  }; // prettier-ignore
};

/** Title at the top in the colour of the sky; the art runs off the foot of the page. */
const titleAbove: Layout = (parts) => {
  const block = fit(parts, { isStacked: parts.random.chance(0.3) });
  const bottom = Math.round(62 + block.height + 22);
  const scene = stage(parts, 0, bottom, WIDTH, HEIGHT - bottom);
  const behind = scene.sky ?? parts.colours.ground;
  const ink = inkOn(behind, parts);
  return {
    markup:
      rect(0, 0, WIDTH, HEIGHT, behind) +
      scene.art +
      smallLine(small(parts), MARGIN, 42, COLUMN, 'left', ink) +
      drawBlock(block, MARGIN, 62, COLUMN, 'left', ink),
    ink, behind, block,
  }; // prettier-ignore
};

/** The art fills the page; the title lies on a solid band across it. */
const band: Layout = (parts) => {
  const block = fit(parts, { height: 150, maxSize: 110 });
  const height = block.height + 74;
  const y = parts.random.pick([
    HEIGHT - height,
    HEIGHT - height - 44,
    HEIGHT - height - 44,
    300 - height / 2,
  ]);
  const scene = stage(parts, 0, 0, WIDTH, HEIGHT);
  const behind = parts.random.pick([parts.colours.ink, parts.colours.accent, parts.colours.ground]);
  const ink = inkOn(behind, parts);
  return {
    markup:
      rect(0, 0, WIDTH, HEIGHT, scene.sky ?? parts.colours.ground) +
      scene.art +
      rect(0, y, WIDTH, height, behind) +
      drawBlock(block, MARGIN, y + 22, COLUMN, 'left', ink) +
      smallLine(small(parts), MARGIN, y + height - 20, COLUMN, 'left', ink),
    ink, behind, block,
  }; // prettier-ignore
};

/** Saul Bass's way: the title on a scrap of paper cut by hand. */
const scrap: Layout = (parts) => {
  const { random } = parts;
  const block = fit(parts, { width: 300, height: 150, maxSize: 96 });
  const width = Math.max(block.width, 170) + 56;
  const height = block.height + 76;
  const x = random.chance(0.5) ? -10 : WIDTH + 10 - width - 16;
  const y = random.pick([HEIGHT - height - 34, HEIGHT - height - 80, 34]);
  const scene = stage(parts, 0, 0, WIDTH, HEIGHT);
  const behind = random.pick([parts.colours.ink, parts.colours.accent]);
  const ink = inkOn(behind, parts);
  const jitter = (): number => random.between(-9, 9);
  const paper = polygon(
    [[x, y + jitter()], [x + width * 0.55, y - 5 + jitter() / 2], [x + width + 16, y + jitter()], [x + width + jitter() + 8, y + height + jitter()], [x + width * 0.4, y + height + 4], [x + jitter(), y + height + jitter()]],
    behind,
  ); // prettier-ignore
  const left = Math.max(x + 26, 22);
  return {
    markup:
      rect(0, 0, WIDTH, HEIGHT, scene.sky ?? parts.colours.ground) +
      scene.art +
      rotated(
        random.between(-3, 3), x + width / 2, y + height / 2,
        paper + drawBlock(block, left, y + 24, block.width, 'left', ink) + smallLine(small(parts), left, y + height - 19, Math.min(width - 50, WIDTH - left - 20), 'left', ink),
      ),
    ink, behind, block,
  }; // prettier-ignore
};

/** One tall row of letters up the side of the page. */
const side: Layout = (parts) => {
  const block = fit(parts, { width: 548, height: 128, maxSize: 168, maxLines: 2 });
  const strip = block.height + 74;
  const isLeft = parts.random.chance(0.6);
  const x = isLeft ? 0 : WIDTH - strip;
  const scene = stage(parts, isLeft ? strip : 0, 0, WIDTH - strip, HEIGHT);
  const behind = parts.random.pick([
    parts.colours.ground,
    parts.colours.ground,
    parts.colours.ink,
    parts.colours.accent,
  ]);
  const ink = inkOn(behind, parts);
  return {
    markup:
      rect(0, 0, WIDTH, HEIGHT, scene.sky ?? parts.colours.ground) +
      rect(x, 0, strip, HEIGHT, behind) +
      scene.art +
      `<g transform="matrix(0 -1 1 0 ${num(x)} ${HEIGHT})">` +
      drawBlock(block, MARGIN, 22, 548, 'left', ink) +
      smallLine(small(parts), MARGIN, strip - 20, 548, 'left', ink) +
      '</g>',
    ink, behind, block,
  }; // prettier-ignore
};

/** A picture hung on a page: inset panel, wide margins, title underneath or above. */
const framed: Layout = (parts) => {
  const { colours: c, random } = parts;
  const block = fit(parts, { height: 150, maxSize: 104 });
  const page = random.pick([c.ink, c.ground, c.ground]);
  const ink = inkOn(page, parts);
  const panelGround = page === c.ground && parts.motif.kind === 'object' ? c.detail : c.ground;
  const colours = panelGround === c.detail ? { ...c, ground: c.detail, detail: c.ground } : c;
  const height = HEIGHT - MARGIN * 2 - block.height - 66;
  const isAbove = random.chance(0.25);
  const y = isAbove ? HEIGHT - MARGIN - height : MARGIN;
  const textTop = isAbove ? MARGIN + 30 : y + height + 26;
  const scene = stage(parts, MARGIN, y, COLUMN, height, colours);
  return {
    markup:
      rect(0, 0, WIDTH, HEIGHT, page) +
      rect(MARGIN, y, COLUMN, height, scene.sky ?? panelGround) +
      scene.art +
      drawBlock(block, MARGIN, textTop, COLUMN, 'left', ink) +
      smallLine(small(parts), MARGIN, isAbove ? 40 : HEIGHT - MARGIN, COLUMN, 'left', ink),
    ink, behind: page, block,
  }; // prettier-ignore
};

/** The art seen through an arch, a disc or a lozenge. */
const opening: Layout = (parts) => {
  const { colours: c, random } = parts;
  const block = fit(parts, { height: 140, maxSize: 100 });
  const page = random.pick([c.ink, c.ground, c.accent]);
  const ink = inkOn(page, parts);
  const room = HEIGHT - block.height - 92;
  const colours =
    page === c.ground && parts.motif.kind === 'object' ? { ...c, ground: c.detail, detail: c.ground } : c;
  const kind = random.pick(['arch', 'disc', 'lozenge'] as const);
  const radius = Math.min(COLUMN / 2, (room - MARGIN) / 2);
  const middle = MARGIN + radius;
  const high = kind === 'arch' ? room - MARGIN : 2 * radius;
  const scene = stage(parts, 200 - radius, MARGIN, 2 * radius, high, colours);
  const hole = {
    arch: `M${num(200 - radius)} ${num(MARGIN + high)}v${num(radius - high)}a${num(radius)} ${num(radius)} 0 0 1 ${num(2 * radius)} 0v${num(high - radius)}z`,
    disc: circlePath(200, middle, radius),
    lozenge: `M200 ${MARGIN}L${num(200 + radius)} ${num(middle)}L200 ${num(middle + radius)}L${num(200 - radius)} ${num(middle)}Z`,
  }[kind];
  const top = HEIGHT - 58 - block.height;
  return {
    markup:
      rect(200 - radius, MARGIN, 2 * radius, high, scene.sky ?? colours.ground) +
      scene.art +
      holedPath(`M0 0H${WIDTH}V${HEIGHT}H0Z${hole}`, page) +
      drawBlock(block, MARGIN, top, COLUMN, 'centre', ink) +
      smallLine(small(parts), MARGIN, HEIGHT - 26, COLUMN, 'centre', ink),
    ink, behind: page, block,
  }; // prettier-ignore
};

/** Letters as large as they go, a small picture in the space they leave. */
const giant: Layout = (parts) => {
  const { colours: c, random } = parts;
  const block = fit(parts, { isStacked: true, height: 330, maxSize: 260 });
  const room = Math.round(HEIGHT - 62 - block.height - 26);
  const isBelow = random.chance(0.35);
  const size = Math.min(room - MARGIN, 300);
  const left = random.pick([MARGIN, (WIDTH - size) / 2, WIDTH - MARGIN - size]);
  const wide = parts.motif.kind !== 'object';
  const y = isBelow ? HEIGHT - MARGIN - size : MARGIN;
  const scene = wide
    ? stage(parts, 0, isBelow ? HEIGHT - room : 0, WIDTH, room)
    : stage(parts, left, y, size, size);
  const behind = (isBelow ? scene.sky : scene.floor) ?? c.ground;
  const ink = inkOn(behind, parts);
  const top = isBelow ? 60 : HEIGHT - 54 - block.height;
  return {
    markup:
      rect(0, 0, WIDTH, HEIGHT, behind) +
      (wide && !isBelow ? rect(0, 0, WIDTH, room - 2, scene.sky ?? c.ground) : '') +
      scene.art +
      drawBlock(block, MARGIN, top, COLUMN, 'left', ink) +
      smallLine(small(parts), MARGIN, isBelow ? 40 : HEIGHT - 24, COLUMN, 'left', ink),
    ink, behind, block,
  }; // prettier-ignore
};

/** The page cut in two colours on the slant; the title in the lower part. */
const slant: Layout = (parts) => {
  const { colours: c, random } = parts;
  const block = fit(parts, { height: 160, maxSize: 120 });
  const top = HEIGHT - 60 - block.height;
  const lean = random.sign() * random.between(40, 80);
  const edge = Math.round(top - 40);
  const scene = stage(parts, 0, 0, WIDTH, edge + 20);
  const behind = random.pick([c.accent, c.shape, c.ink]);
  const ink = inkOn(behind, parts);
  const [a, b] = lean > 0 ? [edge, edge - lean] : [edge + lean, edge];
  return {
    markup:
      rect(0, 0, WIDTH, HEIGHT, scene.sky ?? c.ground) +
      scene.art +
      fillPath(`M0 ${num(a)}L${WIDTH} ${num(b)}V${HEIGHT}H0Z`, behind) +
      line(`M0 ${num(a - 9)}L${WIDTH} ${num(b - 9)}`, ink === c.ground ? c.ink : c.ground, 3) +
      drawBlock(block, MARGIN, top, COLUMN, 'left', ink) +
      smallLine(small(parts), MARGIN, HEIGHT - 26, COLUMN, 'left', ink),
    ink, behind, block,
  }; // prettier-ignore
};

export const LAYOUTS = { titleBelow, titleAbove, band, scrap, side, framed, opening, giant, slant };
export type LayoutName = keyof typeof LAYOUTS;

/** Which layouts suit a kind of motif; a name that stands twice is chosen twice as often. */
const SUITING: Record<MotifKind, readonly LayoutName[]> = {
  object: ['titleBelow', 'titleBelow', 'titleBelow', 'titleAbove', 'titleAbove', 'giant', 'giant', 'side', 'framed', 'slant'],
  scene: ['titleBelow', 'titleBelow', 'titleBelow', 'titleAbove', 'titleAbove', 'band', 'side', 'framed', 'opening', 'opening', 'giant'],
  pattern: ['titleBelow', 'band', 'band', 'scrap', 'scrap', 'side', 'framed', 'opening', 'titleAbove', 'giant'],
}; // prettier-ignore

/** Picks a layout; a strip up the side takes one or two words, not a few letters that would look lost. */
export function chooseLayout(kind: MotifKind, title: string, random: Random): LayoutName {
  const fits = SUITING[kind].filter((name) => name !== 'side' || (title.length >= 5 && title.length <= 22));
  return random.pick(fits.filter((name) => name !== 'giant' || title.length <= 34));
}
