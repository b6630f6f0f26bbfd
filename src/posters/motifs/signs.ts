import {
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
  rotated,
  starPoints,
  at,
} from '../shapes.ts';
import { icon } from './arrange.ts';

const keyhole = icon(
  (c) =>
    rect(-27, -48, 54, 96, c.shape, 27) +
    fillPath('M-8-8L-17 32H17L8-8Z', c.accent) +
    circle(0, -14, 16, c.accent) +
    circle(0, -14, 6, c.ground),
  { ways: ['alone', 'huge', 'disc', 'crowd'] },
);

const key = icon(
  (c) =>
    holedPath(circlePath(0, -30, 19) + circlePath(0, -30, 9), c.accent) +
    rect(-5, -12, 10, 60, c.accent) +
    fillPath('M5 28h16v7H12v6h9v7H5Z', c.accent) +
    circle(0, -30, 3, c.shape),
  { lean: 40 },
);

const eye = icon(
  (c, random) => {
    const rays = random.chance(0.45)
      ? repeat(9, (i) => rotated(-60 + i * 15, 0, 30, rect(-1.6, -50, 3.2, 16, c.shape)))
      : '';
    const look = random.between(-8, 8);
    return (
      rays +
      fillPath('M-50 0Q0-44 50 0Q0 44-50 0Z', c.shape) +
      fillPath('M-40 0Q0-33 40 0Q0 33-40 0Z', c.ground) +
      circle(look, 0, 17, c.accent) +
      circle(look, 0, 8, c.ink) +
      circle(look + 5, -5, 3.4, c.ground)
    );
  },
  { ways: ['alone', 'huge', 'huge', 'crowd', 'disc'] },
);

const heart = icon(
  (c, random) => {
    const shape =
      'M0 44C-26 22-48 4-48-18C-48-34-36-44-23-44C-12-44-4-38 0-28C4-38 12-44 23-44C36-44 48-34 48-18C48 4 26 22 0 44Z';
    const kind = random.whole(0, 2);
    const mark = [
      line('M2-28L-9-9L8 5L-4 20L0 44', c.ground, 4),
      fillPath('M0 44C26 22 48 4 48-18C48-34 36-44 23-44C12-44 4-38 0-28Z', c.shape),
      `<g transform="translate(0 -2)scale(.5)">${fillPath(shape, c.shape)}</g>`,
    ][kind];
    return fillPath(shape, c.accent) + mark;
  },
  { lean: 14 },
);

const hand = icon(
  (c, random) =>
    fillPath(
      'M-22 50V6L-38-14q-4-7 2-10q5-2 9 4l9 13V-36q0-6 5.5-6t5.5 6v28h2V-44q0-6 5.5-6t5.5 6v36h2V-38q0-6 5.5-6t5.5 6V-6h2V-26q0-6 5-6t5 6V22q0 10-8 18V50Z',
      c.shape,
    ) +
    (random.chance(0.5)
      ? circle(0, 18, 10, c.accent) + circle(0, 18, 4, c.ground)
      : fillPath('M0 34C-9 26-15 20-15 13c0-9 12-10 15-2c3-8 15-7 15 2c0 7-6 13-15 21Z', c.accent)),
  { lean: 12, ways: ['alone', 'huge', 'crowd', 'disc', 'pair', 'echo'] },
);

const skull = icon(
  (c) =>
    fillPath(
      'M0-48C-28-48-42-28-40-6C-39 8-30 12-28 20V30H28V20C30 12 39 8 40-6C42-28 28-48 0-48Z',
      c.shape,
    ) +
    rect(-22, 28, 44, 18, c.shape, 5) +
    circle(-17, -4, 11, c.ground) +
    circle(17, -4, 11, c.ground) +
    fillPath('M0 6l6 13h-12Z', c.ground) +
    repeat(3, (i) => rect(-12.5 + i * 11, 32, 2.5, 14, c.ground)) +
    circle(17, -4, 4, c.accent),
);

const lips = icon(
  (c) =>
    fillPath(
      'M-50 0C-34-10-22-26-10-24Q-3-23 0-18Q3-23 10-24C22-26 34-10 50 0C30 26 14 28 0 28S-30 26-50 0Z',
      c.accent,
    ) +
    fillPath('M-38 1C-22-4-10-7 0-4C10-7 22-4 38 1C20 9-20 9-38 1Z', c.ground) +
    fillPath('M-24 1Q0-4 24 1Q0 5-24 1Z', c.ink),
  { lean: 14, ways: ['alone', 'huge', 'crowd', 'disc', 'echo'] },
);

const mask = icon(
  (c, random) => {
    const mouth = random.chance(0.5) ? 'M-18 14Q0 40 18 14Q0 24-18 14Z' : 'M-18 28Q0 4 18 28Q0 18-18 28Z';
    return (
      fillPath('M-40-42Q0-52 40-42V-6C40 28 16 48 0 48V-46Q-20-46-40-42Z', c.shape) +
      fillPath('M0-46.5Q20-47 40-42V-6C40 28 16 48 0 48Z', c.accent) +
      fillPath('M-29-14Q-18-26-8-14Q-18-8-29-14Z', c.ground) +
      fillPath('M29-14Q18-26 8-14Q18-8 29-14Z', c.ground) +
      fillPath(mouth, c.ground)
    );
  },
  { lean: 12, ways: ['alone', 'huge', 'crowd', 'disc', 'pair'] },
);

const crown = icon(
  (c) =>
    fillPath('M-46 32L-48-20L-24 4L0-36L24 4L48-20L46 32Z', c.accent) +
    rect(-46, 36, 92, 10, c.shape) +
    circle(-48, -24, 6, c.shape) +
    circle(0, -40, 6, c.shape) +
    circle(48, -24, 6, c.shape) +
    polygon(
      [
        [0, 4],
        [7, 14],
        [0, 24],
        [-7, 14],
      ],
      c.ground,
    ),
  { lean: 10 },
);

const badge = icon(
  (c) =>
    polygon(starPoints(0, 2, 48, 21, 5), c.accent) +
    repeat(5, (i) => {
      const [x, y] = polar(0, 2, 48, -90 + i * 72);
      return circle(x, y, 5, c.accent);
    }) +
    ring(0, 2, 15, c.ground, 2.5) +
    polygon(starPoints(0, 2, 10, 4, 5), c.ground),
  { lean: 16 },
);

const cross = icon(
  (c) =>
    fillPath('M-32 50V-14Q-32-42 0-50Q32-42 32-14V50Z', c.shape) +
    rect(-3.5, -40, 7, 90, c.ground) +
    rect(-32, -12, 64, 6, c.ground) +
    circle(0, -9, 14, c.accent) +
    ring(0, -9, 14, c.ground, 3),
  { ways: ['alone', 'huge', 'crowd', 'disc'] },
);

const bulb = icon(
  (c, random) =>
    (random.chance(0.6)
      ? repeat(11, (i) => rotated(-125 + i * 25, 0, -10, rect(-1.2, -56, 2.4, 12, c.accent)))
      : '') +
    fillPath('M0-40C-20-40-32-26-32-8C-32 8-18 14-15 28H15C18 14 32 8 32-8C32-26 20-40 0-40Z', c.accent) +
    line('M-8 28L-12-4L-4 4L0-6L4 4L12-4L8 28', c.ground, 2.6) +
    rect(-14, 31, 28, 5, c.shape) +
    rect(-12, 39, 24, 5, c.shape) +
    ellipse(0, 47, 7, 3, c.shape),
);

const fingerprint = icon(
  (c) =>
    repeat(6, (i) => {
      const r = 8 + i * 7.5;
      const y = 34 + (i % 2) * 10;
      return line(
        `M${at(-r, y - i * 5)}V${at(0, -6).split(' ')[1]}A${r} ${r} 0 0 1 ${r}-6V${y - 4 - i * 4}`,
        i === 2 ? c.accent : c.shape,
        3.6,
        'round',
      );
    }) + line('M0-6V40', c.accent, 3.6, 'round'),
  { lean: 14, ways: ['alone', 'huge', 'disc', 'alone'] },
);

export const SIGNS = {
  keyhole,
  key,
  eye,
  heart,
  hand,
  skull,
  lips,
  mask,
  crown,
  badge,
  cross,
  bulb,
  fingerprint,
};
