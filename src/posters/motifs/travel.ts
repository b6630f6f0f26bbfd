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
  spokes,
  rotated,
  starPoints,
} from '../shapes.ts';
import { icon } from './arrange.ts';

const aeroplane = icon(
  (c) =>
    fillPath(
      'M0-50C6-44 6-30 6-18L48 10V20L6 8L4 34L16 44V50L0 45L-16 50V44L-4 34L-6 8L-48 20V10L-6-18C-6-30-6-44 0-50Z',
      c.shape,
    ) +
    circle(0, -30, 3, c.accent) +
    rect(-30, 6, 9, 4, c.accent) +
    rect(21, 6, 9, 4, c.accent),
  { lean: 50, ways: ['alone', 'huge', 'crowd', 'disc', 'echo'] },
);

const rocket = icon(
  (c) =>
    fillPath('M-12 34L0 62L12 34Z', c.accent) +
    fillPath('M-18 4L-34 34L-16 30ZM18 4L34 34L16 30Z', c.accent) +
    fillPath('M0-52C22-32 22 8 14 34H-14C-22 8-22-32 0-52Z', c.shape) +
    circle(0, -14, 9, c.ground) +
    circle(0, -14, 5.5, c.accent),
  { lean: 30 },
);

const saturn = icon(
  (c) =>
    circle(0, 0, 28, c.accent) +
    `<g transform="rotate(-18)">${line('M-26-4A50 13 0 1 0 26-4', c.shape, 6)}</g>` +
    fillPath('M-27 6A28 28 0 0 0 16 23C0 22-16 16-27 6Z', c.detail) +
    circle(40, -34, 4, c.shape),
  { lean: 20 },
);

const saucer = icon(
  (c) =>
    fillPath('M-12 8H12L34 60H-34Z', c.accent) +
    fillPath('M-20-10A20 22 0 0 1 20-10Z', c.detail) +
    ellipse(0, 0, 48, 14, c.shape) +
    repeat(5, (i) => circle(-30 + i * 15, 3, 3, c.accent)),
  { lean: 8 },
);

const ship = icon(
  (c, random) =>
    random.chance(0.5)
      ? rect(-1.5, -50, 3, 72, c.shape) +
        fillPath('M4-46C30-30 36-6 36 14H4Z', c.accent) +
        fillPath('M-4-32C-20-16-28 0-30 14H-4Z', c.detail) +
        fillPath('M-46 22H46L34 42H-30Z', c.shape)
      : rect(-30, -22, 52, 26, c.detail) +
        rect(-22, -44, 12, 26, c.accent) +
        rect(-2, -44, 12, 26, c.accent) +
        rect(-22, -44, 12, 6, c.shape) +
        rect(-2, -44, 12, 6, c.shape) +
        fillPath('M-48 4H50L40 36H-38Z', c.shape) +
        repeat(6, (i) => circle(-32 + i * 13, 16, 3, c.ground)),
  { ways: ['alone', 'huge', 'disc', 'echo', 'crowd'], lean: 10 },
);

const submarine = icon(
  (c) =>
    rect(-14, -32, 26, 22, c.shape, 4) +
    line('M2-32V-48H14', c.shape, 4) +
    ellipse(0, 6, 48, 19, c.shape) +
    repeat(3, (i) => circle(-20 + i * 20, 4, 6, c.ground) + circle(-20 + i * 20, 4, 3.5, c.accent)) +
    fillPath('M44-2L54-14V26L44 14Z', c.accent) +
    circle(-40, -30, 3, c.detail) +
    circle(-34, -42, 2, c.detail),
  { lean: 8 },
);

const anchor = icon(
  (c) =>
    holedPath(circlePath(0, -38, 11) + circlePath(0, -38, 5), c.accent) +
    rect(-4, -28, 8, 70, c.shape) +
    rect(-20, -20, 40, 7, c.accent) +
    line('M-38 12C-34 36-14 42 0 42S34 36 38 12', c.shape, 8) +
    polygon(
      [
        [-46, 18],
        [-38, -4],
        [-27, 16],
      ],
      c.shape,
    ) +
    polygon(
      [
        [46, 18],
        [38, -4],
        [27, 16],
      ],
      c.shape,
    ),
  { lean: 18 },
);

const car = icon(
  (c) =>
    fillPath('M-28-14C-22-30-14-32 0-32S24-28 32-12Z', c.detail) +
    fillPath('M-50 14C-50-2-42-8-28-12H34C46-10 50 0 50 14Z', c.shape) +
    circle(-28, 16, 12, c.ink) +
    circle(28, 16, 12, c.ink) +
    circle(-28, 16, 5, c.ground) +
    circle(28, 16, 5, c.ground) +
    rect(43, -3, 7, 7, c.accent, 3) +
    rect(-50, -1, 5, 7, c.accent),
  { ways: ['alone', 'huge', 'crowd', 'echo', 'disc'] },
);

const wheel = icon(
  (c) => ring(0, 0, 44, c.shape, 8) + spokes(0, 0, 12, 0, 42, c.shape, 2.8) + circle(0, 0, 10, c.accent) + circle(0, 0, 4, c.ground),
  { ways: ['alone', 'huge', 'pair', 'disc', 'echo'] },
); // prettier-ignore

const compass = icon(
  (c, random) =>
    ring(0, 0, 46, c.shape, 5) +
    spokes(0, 0, 24, 37, 41, c.shape, 1.8, 7.5) +
    spokes(0, 0, 4, 32, 41, c.shape, 3) +
    rotated(random.between(8, 80), 0, 0, polygon([[0, -40], [9, 0], [-9, 0]], c.accent) + polygon([[0, 40], [9, 0], [-9, 0]], c.shape)) +
    circle(0, 0, 3.5, c.ground),
  { ways: ['alone', 'huge', 'disc', 'echo'] },
); // prettier-ignore

const globe = icon(
  (c) =>
    circle(0, 0, 46, c.shape) +
    line('M-46 0H46M0-46V46M-40-23H40M-40 23H40', c.ground, 2.4) +
    `<ellipse rx="22" ry="46" fill="none" stroke="${c.ground}" stroke-width="2.4"/>` +
    circle(14, -12, 7, c.accent),
  { lean: 20 },
);

const tent = icon(
  (c) =>
    polygon(
      [
        [0, -40],
        [50, 34],
        [-50, 34],
      ],
      c.shape,
    ) +
    repeat(3, (i) =>
      polygon(
        [
          [0, -40],
          [-34 + i * 28, 34],
          [-20 + i * 28, 34],
        ],
        i === 1 ? c.accent : c.ground,
      ),
    ) +
    line('M0-40V-54', c.shape, 2.5) +
    polygon(
      [
        [0, -54],
        [18, -49],
        [0, -44],
      ],
      c.accent,
    ),
  { ways: ['alone', 'huge', 'crowd', 'disc', 'echo'] },
);

const robot = icon(
  (c) =>
    rect(-2, -50, 4, 16, c.shape) +
    circle(0, -50, 5, c.accent) +
    rect(-30, -36, 60, 46, c.shape, 8) +
    circle(-13, -16, 9, c.ground) +
    circle(13, -16, 9, c.ground) +
    circle(-13, -16, 4.5, c.accent) +
    circle(13, -16, 4.5, c.accent) +
    rect(-16, 0, 32, 5, c.ground) +
    repeat(3, (i) => rect(-9 + i * 8, 0, 2.5, 5, c.shape)) +
    rect(-37, -24, 6, 20, c.accent, 2) +
    rect(31, -24, 6, 20, c.accent, 2) +
    rect(-8, 10, 16, 8, c.detail) +
    fillPath('M-34 50V26q0-8 8-8H26q8 0 8 8V50Z', c.shape) +
    circle(0, 34, 7, c.accent),
);

const atom = icon(
  (c) =>
    repeat(
      3,
      (i) =>
        `<ellipse rx="48" ry="17" fill="none" stroke="${c.shape}" stroke-width="3.4" transform="rotate(${i * 60})"/>` +
        (() => {
          const [x, y] = polar(0, 0, 48, i * 60);
          return circle(x, y, 5, c.accent);
        })(),
    ) + circle(0, 0, 9, c.accent),
  { lean: 20 },
);

const flask = icon(
  (c) =>
    fillPath('M-11-46H11V-14L38 36Q40 46 30 46H-30Q-40 46-38 36L-11-14Z', c.shape) +
    fillPath('M-18 10H18L31 35Q32 40 27 40H-27Q-32 40-31 35Z', c.accent) +
    circle(-6, 24, 4, c.ground) +
    circle(8, 31, 3, c.ground) +
    circle(3, 0, 3, c.accent) +
    rect(-16, -50, 32, 6, c.shape, 3),
  { lean: 12 },
);

const lightning = icon(
  (c) =>
    polygon(
      [
        [10, -50],
        [-26, 6],
        [-4, 6],
        [-12, 50],
        [28, -10],
        [4, -10],
      ],
      c.accent,
    ) +
    polygon(
      [
        [10, -50],
        [4, -10],
        [28, -10],
        [-12, 50],
        [-4, 6],
        [2, 6],
      ],
      c.shape,
    ),
  { lean: 10 },
);

const burst = icon(
  (c, random) => {
    const rays = random.whole(9, 14);
    return (
      polygon(starPoints(0, 0, 50, 31, rays), c.shape) +
      polygon(starPoints(0, 0, 36, 21, rays, -80), c.accent) +
      polygon(starPoints(0, 0, 20, 11, rays), c.ground)
    );
  },
  { ways: ['alone', 'huge', 'huge', 'echo'], lean: 30 },
);

export const TRAVEL = {
  aeroplane,
  rocket,
  saturn,
  saucer,
  ship,
  submarine,
  anchor,
  car,
  wheel,
  compass,
  globe,
  tent,
  robot,
  atom,
  flask,
  lightning,
  burst,
};
