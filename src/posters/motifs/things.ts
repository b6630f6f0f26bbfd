import { circle, ellipse, rect, fillPath, holedPath, line, polygon, repeat } from '../shapes.ts';
import { icon } from './arrange.ts';

const envelope = icon(
  (c, random) =>
    rect(-48, -32, 96, 66, c.shape) +
    line('M-48-32L0 8L48-32', c.ground, 3) +
    (random.chance(0.5)
      ? circle(0, 8, 10, c.accent) + circle(0, 8, 5, c.ground)
      : rect(24, -26, 18, 22, c.accent)),
  { lean: 16 },
);

const candle = icon(
  (c) =>
    rect(-11, -8, 22, 52, c.shape) +
    fillPath('M-11-8q5 5 7 0q0 22 4 22t5-16q3 4 6-6Z', c.detail) +
    fillPath('M0-48C8-36 13-30 13-23A13 13 0 0 1-13-23C-13-30-8-36 0-48Z', c.accent) +
    fillPath('M0-30C4-24 5-22 5-19A5 5 0 0 1-5-19C-5-22-4-24 0-30Z', c.ground) +
    rect(-1, -16, 2, 9, c.ink) +
    ellipse(0, 45, 28, 5, c.shape),
  { ways: ['alone', 'alone', 'huge', 'crowd', 'disc'] },
);

const chess = icon((c, random) => {
  const base = rect(-26, 38, 52, 10, c.shape, 3) + rect(-20, 30, 40, 6, c.shape);
  const pawn =
    circle(0, -20, 15, c.shape) + rect(-17, -7, 34, 5, c.accent, 2) + fillPath('M-9-4H9L15 30H-15Z', c.shape);
  const king =
    fillPath('M-11-18H11L16 30H-16Z', c.shape) +
    fillPath('M-16-20L-12-34H12L16-20Z', c.accent) +
    rect(-2.5, -50, 5, 17, c.shape) +
    rect(-7, -46, 14, 4.5, c.shape);
  const knight =
    fillPath(
      'M-18 30C-18 6 0 4-2-10C-10-4-18-2-24 2L-32-8C-24-22-14-34 2-38L4-48L12-38C30-28 28 4 20 30Z',
      c.shape,
    ) + circle(-3, -24, 3.2, c.accent);
  return base + random.pick([pawn, king, knight]);
});

const plate = icon((c, random) => {
  const food = random.pick([
    circle(-6, 4, 10, c.accent) + circle(8, -4, 6, c.shape),
    fillPath('M-15 2C-8-14 8-14 15 0l7-7v18l-7-6C8 16-8 16-15 2Z', c.accent) + circle(-7, 0, 2, c.ground),
    circle(0, 0, 13, c.accent) + ellipse(-3, -4, 4, 2.5, c.ground),
  ]);
  return (
    circle(0, 0, 33, c.shape) +
    circle(0, 0, 24, c.ground) +
    food +
    rect(40, -42, 4, 84, c.shape, 2) +
    fillPath('M40-44C48-40 50-18 44-6H40Z', c.shape) +
    rect(-44, -20, 4, 62, c.shape, 2) +
    repeat(3, (i) => rect(-48.5 + i * 5.3, -44, 2.6, 22, c.shape, 1)) +
    rect(-48.5, -26, 13.2, 7, c.shape, 3)
  );
});

const cocktail = icon(
  (c) =>
    fillPath('M-44-40H44L0 8Z', c.shape) +
    fillPath('M-30-30H30L0 2Z', c.accent) +
    rect(-2.5, 4, 5, 38, c.shape) +
    ellipse(0, 44, 24, 4.5, c.shape) +
    line('M6-14L34-50', c.ink, 2.5, 'round') +
    circle(14, -24, 6.5, c.ground) +
    circle(14, -24, 2.4, c.accent),
);

const book = icon(
  (c) =>
    fillPath(
      'M0-30C-14-42-34-42-48-36V36C-34 30-14 30 0 42C14 30 34 30 48 36V-36C34-42 14-42 0-30Z',
      c.shape,
    ) +
    repeat(5, (i) => line(`M-40 ${-22 + i * 11}Q-22 ${-28 + i * 11} -8 ${-18 + i * 11}`, c.ground, 2)) +
    fillPath('M14-33V8l8-8l8 6V-39C24-38 18-36 14-33Z', c.accent) +
    rect(-1, -30, 2, 72, c.ground),
  { lean: 12 },
);

const hat = icon(
  (c) =>
    ellipse(0, 20, 49, 10, c.shape) +
    fillPath('M-29 20C-30-14-26-32-16-32C-8-32-6-27 0-27S8-32 16-32C26-32 30-14 29 20Q0 28-29 20Z', c.shape) +
    fillPath('M-29.5 8Q0 16 29.5 8L29 20Q0 28-29 20Z', c.accent),
  { lean: 18 },
);

const balloon = icon(
  (c, random) =>
    random.chance(0.5)
      ? fillPath('M0-48C-26-48-36-28-32-12C-28 4-10 16-8 22H8C10 16 28 4 32-12C36-28 26-48 0-48Z', c.shape) +
        fillPath('M0-48C-12-48-14-28-12-12C-10 4-4 16-3 22H3C4 16 10 4 12-12C14-28 12-48 0-48Z', c.accent) +
        line('M-8 22L-6 34M8 22L6 34', c.shape, 1.6) +
        rect(-8, 34, 16, 12, c.accent, 2)
      : ellipse(0, -18, 25, 29, c.accent) +
        polygon(
          [
            [0, 9],
            [5, 16],
            [-5, 16],
          ],
          c.accent,
        ) +
        line('M0 16C10 26-10 34 0 50', c.shape, 2.2) +
        fillPath('M-14-24C-14-34-6-38-2-38C-8-34-10-28-10-22Z', c.ground),
  { lean: 10 },
);

const suitcase = icon(
  (c) =>
    holedPath('M-16-26V-38q0-6 6-6h20q6 0 6 6v12h-6v-10h-20v10Z', c.shape) +
    rect(-46, -26, 92, 66, c.shape, 6) +
    rect(-30, -26, 8, 66, c.accent) +
    rect(22, -26, 8, 66, c.accent) +
    rect(-8, -4, 16, 10, c.ground, 2),
  { lean: 12 },
);

const ladder = icon(
  (c) =>
    rect(-20, -60, 6, 120, c.shape) +
    rect(14, -60, 6, 120, c.shape) +
    repeat(8, (i) => rect(-20, -52 + i * 15, 40, 4.5, i === 5 ? c.accent : c.shape)),
  { lean: 14, ways: ['alone', 'huge', 'pair', 'alone'] },
);

const tree = icon((c, random) =>
  random.chance(0.4)
    ? polygon(
        [
          [0, -50],
          [18, -24],
          [10, -24],
          [26, 0],
          [14, 0],
          [34, 32],
          [-34, 32],
          [-14, 0],
          [-26, 0],
          [-10, -24],
          [-18, -24],
        ],
        c.shape,
      ) +
      rect(-5, 32, 10, 16, c.shape) +
      circle(-8, 4, 4, c.accent) +
      circle(9, -8, 4, c.accent) +
      circle(10, 20, 4, c.accent) +
      circle(-14, 24, 4, c.accent) +
      circle(0, -50, 5, c.accent)
    : circle(0, -14, 34, c.shape) +
      rect(-4, -14, 8, 62, c.accent) +
      line('M0 10L18-8M0-4L-16-20M0 22L-20 2', c.accent, 4, 'round'),
);

export const THINGS = {
  envelope,
  candle,
  chess,
  plate,
  cocktail,
  book,
  hat,
  balloon,
  suitcase,
  ladder,
  tree,
};
