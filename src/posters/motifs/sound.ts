import { circle, ellipse, fillPath, line, num, polygon, rect, repeat, ring, rotated } from '../shapes.ts';
import { pattern } from '../types.ts';
import { icon } from './arrange.ts';

/** Notes on a stave that waves across the page. */
const notes = pattern(({ w, h, c, random }) => {
  const bend = h * random.sign() * random.between(0.1, 0.2);
  const gap = Math.min(h * 0.085, 30);
  const top = h / 2 - gap * 2;
  const stave = repeat(5, (i) => {
    const y = top + i * gap;
    return `M-5 ${num(y)}C${num(w * 0.3)} ${num(y - bend)} ${num(w * 0.6)} ${num(y + bend)} ${num(w + 5)} ${num(y - bend * 0.4)}`;
  });
  const heads = repeat(5, (i) => {
    const t = (i + 0.6) / 5.2;
    const y = top + random.whole(0, 4) * gap + bend * Math.sin(t * 6.2) * -0.4;
    const fill = i === 2 ? c.accent : c.shape;
    return (
      rotated(-18, t * w, y, ellipse(t * w, y, gap * 0.62, gap * 0.46, fill)) +
      rect(t * w + gap * 0.46, y - gap * 2.6, gap * 0.13, gap * 2.5, fill)
    );
  });
  return line(stave, c.detail, 3) + heads;
});

const record = icon(
  (c) =>
    circle(0, 0, 49, c.shape) +
    repeat(4, (i) => ring(0, 0, 24 + i * 6.5, c.ground, 1)) +
    circle(0, 0, 18, c.accent) +
    circle(0, 0, 3, c.ground) +
    fillPath('M0 0L-20-44A49 49 0 0 1 0-49Z', c.detail).replace('/>', ' opacity=".5"/>'),
  { ways: ['alone', 'huge', 'huge', 'disc', 'echo', 'crowd'], lean: 60 },
);

/** Keys from edge to edge, one struck. */
const piano = pattern(({ w, h, c, random }) => {
  const count = random.pick([7, 7, 10]);
  const key = w / count;
  const struck = random.whole(1, count - 2);
  const whites = repeat(count, (i) =>
    rect(
      i * key + 1.5,
      h * 0.04,
      key - 3,
      h * 0.92,
      i === struck ? c.accent : c.ink === c.shape ? c.detail : c.ink,
      4,
    ),
  );
  const blacks = repeat(count - 1, (i) =>
    [2, 6].includes(i % 7)
      ? ''
      : rect((i + 1) * key - key * 0.31, h * 0.04, key * 0.62, h * 0.56, c.shape, 3),
  );
  return whites + blacks;
});

const microphone = icon(
  (c) =>
    rotated(
      28,
      0,
      0,
      fillPath('M-9-6H9L5 54H-5Z', c.shape) +
        circle(0, -22, 22, c.accent) +
        rect(-15, -8, 30, 7, c.shape, 3) +
        line('M-18-34H18M-22-24H22M-9-42V-8M9-42V-8', c.ground, 1.8),
    ),
  { lean: 20 },
);

const guitar = icon(
  (c) =>
    rotated(
      32,
      0,
      0,
      rect(-3.5, -58, 7, 62, c.shape) +
        rect(-6, -64, 12, 14, c.accent) +
        fillPath('M0-6C16-8 20 4 15 13C28 20 28 46 0 48C-28 46-28 20-15 13C-20 4-16-8 0-6Z', c.accent) +
        circle(0, 20, 8, c.ground) +
        rect(-9, 36, 18, 4, c.shape) +
        line('M-1.5-56V36M1.5-56V36', c.ground, 0.8),
    ),
  { lean: 16 },
);

const trumpet = icon(
  (c) =>
    rotated(
      -22,
      0,
      0,
      line('M-46 0H20M-20 0V14H14V0', c.accent, 6) +
        fillPath('M18-4C32-6 40-14 46-24V24C40 14 32 6 18 4Z', c.accent) +
        repeat(3, (i) => rect(-14 + i * 10, -16, 6, 26, c.shape, 2)) +
        rect(-50, -5, 6, 10, c.shape, 2),
    ),
  { lean: 16 },
);

/** A skirt that swings. */
const dancer = icon(
  (c) =>
    circle(2, -40, 7, c.shape) +
    line('M2-32C0-24-4-18 0-8M1-28C-14-30-22-38-30-48M1-28C16-24 28-32 36-46', c.shape, 5.5, 'round') +
    fillPath('M0-10C26-6 44 8 48 24C30 18 18 30 4 26C-10 34-28 24-46 30C-38 10-18-4 0-10Z', c.accent) +
    line('M-4 24L-10 50L-16 50M8 26L20 40L16 50', c.shape, 5, 'round'),
  { lean: 12, ways: ['alone', 'alone', 'huge', 'crowd', 'pair', 'echo'] },
);

/** Ribbons that cross and part. */
const ribbons = pattern(({ w, h, c, random }) => {
  const start = h * random.between(0.1, 0.3);
  const flip = random.chance(0.5);
  const art = repeat(5, (i) => {
    const [a, b] = [start + i * h * 0.075, h * 0.9 - i * h * 0.12];
    return line(
      `M-20 ${num(a)}C${num(w * 0.45)} ${num(a - h * 0.2)} ${num(w * 0.35)} ${num(b + h * 0.16)} ${num(w + 20)} ${num(b)}`,
      [c.shape, c.accent, c.detail, c.shape, c.accent][i] ?? c.shape,
      h * 0.05,
    );
  });
  return flip ? `<g transform="translate(${num(w)} 0)scale(-1 1)">${art}</g>` : art;
});

/** A beat as seen on a screen. */
const pulse = pattern(({ w, h, c, random }) => {
  const count = random.whole(15, 21);
  const step = w / count;
  const loud = random.whole(4, count - 5);
  return repeat(count, (i) => {
    const near = Math.exp(-(((i - loud) / (count * 0.22)) ** 2));
    const half = h * (0.03 + near * 0.36 * random.between(0.55, 1.1));
    return rect(
      i * step + step * 0.22,
      h / 2 - half,
      step * 0.56,
      half * 2,
      i === loud ? c.accent : i % 4 === 1 ? c.detail : c.shape,
      step * 0.28,
    );
  });
});

/** Beams from lamps above. */
const beams = pattern(({ w, h, c, random }) => {
  const count = random.whole(3, 4);
  const fills = random.shuffle([c.accent, c.shape, c.detail, c.accent]);
  const light = repeat(count, (i) => {
    const x = ((i + 0.5) * w) / count;
    const aim = w * random.between(0.1, 0.9);
    return `<g opacity=".8">${polygon(
      [
        [x - 7, 26],
        [x + 7, 26],
        [aim + w * 0.17, h + 1],
        [aim - w * 0.17, h + 1],
      ],
      fills[i] ?? c.accent,
    )}</g>`;
  });
  return light + repeat(count, (i) => rect(((i + 0.5) * w) / count - 14, 0, 28, 28, c.ink, 4));
});

export const SOUND = { notes, record, piano, microphone, guitar, trumpet, dancer, ribbons, pulse, beams };
