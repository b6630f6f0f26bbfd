import {
  at,
  circle,
  circlePath,
  ellipse,
  fillPath,
  holedPath,
  line,
  polar,
  polygon,
  rect,
  repeat,
  ring,
  spokes,
  rotated,
} from '../shapes.ts';
import { icon } from './arrange.ts';

const clock = icon((c, random) => {
  const [hour, minute] = [random.between(0, 360), random.between(0, 360)];
  const hand = (angle: number, length: number, width: number, fill: string): string =>
    rotated(angle, 0, 0, rect(-width / 2, -length, width, length + 6, fill));
  return (
    circle(0, 0, 48, c.shape) +
    circle(0, 0, 41, c.ground) +
    spokes(0, 0, 12, 33, 38, c.shape, 3) +
    spokes(0, 0, 4, 29, 38, c.shape, 3) +
    hand(hour, 20, 6, c.shape) +
    hand(minute, 31, 4, c.accent) +
    circle(0, 0, 4.5, c.accent)
  );
});

const hourglass = icon(
  (c) =>
    fillPath('M-28-42H28C28-18 8-10 5 0C8 10 28 18 28 42H-28C-28 18-8 10-5 0C-8-10-28-18-28-42Z', c.shape) +
    fillPath(
      'M-19-24H19C14-12 4-8 2 0V24C8 26 18 32 20 40H-20C-18 32-8 26-2 24V0C-4-8-14-12-19-24Z',
      c.accent,
    ) +
    rect(-34, -49, 68, 7, c.accent, 2) +
    rect(-34, 42, 68, 7, c.accent, 2),
  { lean: 16 },
);

const vault = icon(
  (c, random) => {
    const turn = random.between(0, 60);
    return (
      rect(-48, -48, 96, 96, c.shape, 6) +
      circle(0, 0, 39, c.ground) +
      circle(0, 0, 34, c.accent) +
      ring(0, 0, 25, c.ground, 2) +
      spokes(0, 0, 24, 28, 32, c.ground, 1.6) +
      spokes(0, 0, 6, 0, 22, c.shape, 5, turn) +
      repeat(6, (i) => circle(...polar(0, 0, 22, turn + i * 60), 4, c.shape)) +
      circle(0, 0, 8, c.shape)
    );
  },
  { ways: ['alone', 'huge', 'disc', 'alone', 'crowd'] },
);

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

const film = icon(
  (c, random) => {
    const perforations = (x: number): string =>
      `<path d="M${x}-79V80" stroke="${c.ground}" stroke-width="6" stroke-dasharray="5.5 4.5"/>`;
    const strip =
      rect(-32, -80, 64, 160, c.shape) +
      perforations(-26) +
      perforations(26) +
      repeat(5, (i) => rect(-18, -78 + i * 32, 36, 27, i === 2 ? c.accent : c.ground));
    const reel =
      circle(0, 0, 48, c.shape) +
      repeat(5, (i) => {
        const [x, y] = polar(0, 0, 27, i * 72 - 90);
        return circle(x, y, 13, i ? c.ground : c.accent);
      }) +
      circle(0, 0, 6, c.ground);
    return random.chance(0.5) ? strip : reel;
  },
  { ways: ['alone', 'huge', 'alone', 'disc', 'echo'], lean: 24 },
);

const camera = icon(
  (c) =>
    rect(-48, -22, 96, 62, c.shape, 8) +
    rect(-20, -36, 40, 20, c.shape, 4) +
    circle(0, 9, 25, c.ground) +
    circle(0, 9, 20, c.accent) +
    circle(0, 9, 10, c.ground) +
    circle(7, 3, 3.5, c.accent) +
    rect(30, -15, 10, 7, c.accent),
);

const television = icon(
  (c, random) => {
    const rows = repeat(7, (i) =>
      rect(-33, -20 + i * 7, random.between(10, 66), 3.5, i % 3 === 1 ? c.accent : c.detail),
    );
    const face = random.chance(0.5) ? rows : circle(-5, 2, 17, c.accent);
    return (
      line('M-22-50L0-28L24-48', c.shape, 4, 'round') +
      rect(-48, -30, 96, 68, c.shape, 9) +
      rect(-38, -22, 60, 50, c.ground, 6) +
      `<svg x="-38" y="-22" width="60" height="50" viewBox="-36 -22 60 50">${face}</svg>` +
      circle(35, -10, 5, c.accent) +
      circle(35, 6, 5, c.ground) +
      rect(-32, 38, 8, 10, c.shape) +
      rect(24, 38, 8, 10, c.shape)
    );
  },
  { ways: ['alone', 'alone', 'huge', 'crowd', 'disc', 'echo'] },
);

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

const bomb = icon(
  (c) =>
    circle(-6, 12, 35, c.shape) +
    rotated(38, -6, 12, rect(-16, -30, 20, 12, c.shape)) +
    line('M16-20C24-34 34-24 40-36', c.shape, 4, 'round') +
    spokes(41, -38, 8, 6, 15, c.accent, 3) +
    circle(41, -38, 4, c.accent) +
    fillPath('M-30 6C-28-6-20-12-12-13C-20-6-24 0-24 8Z', c.ground),
  { lean: 12 },
);

const telephone = icon(
  (c) =>
    fillPath('M-48-12C-48-36-24-40 0-40S48-36 48-12L46-6H26L24-18H-24L-26-6H-46Z', c.accent) +
    fillPath('M-20-14H20L42 40H-42Z', c.shape) +
    circle(0, 14, 16, c.ground) +
    repeat(8, (i) => {
      const [x, y] = polar(0, 14, 11, i * 45);
      return circle(x, y, 2.4, c.shape);
    }) +
    circle(0, 14, 4, c.accent),
  { lean: 8 },
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

const magnifier = icon(
  (c) =>
    rotated(-42, 0, 0, rect(-5, 20, 10, 34, c.accent, 4)) +
    holedPath(circlePath(-10, -10, 35) + circlePath(-10, -10, 28), c.shape) +
    circle(-10, -10, 28, c.detail) +
    fillPath(`M${at(-30, -10)}A20 20 0 0 1-10-30`, c.ground),
  { lean: 16 },
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
  clock,
  hourglass,
  vault,
  envelope,
  candle,
  chess,
  film,
  camera,
  television,
  plate,
  cocktail,
  book,
  hat,
  balloon,
  bomb,
  telephone,
  suitcase,
  ladder,
  magnifier,
  tree,
};
