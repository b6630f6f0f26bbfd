import {
  circle,
  ellipse,
  fillPath,
  line,
  polygon,
  rect,
  repeat,
  rotated,
  starPoints,
  at,
} from '../shapes.ts';
import { icon } from './arrange.ts';

const bird = icon(
  (c, random) =>
    random.chance(0.5)
      ? fillPath(
          'M-50-14C-34-34-14-26-2-6C8-28 30-36 50-22C34-22 20-14 12 2C22 8 30 16 34 30C22 22 10 20 2 22C-10 22-14 12-12 2C-20-12-34-16-50-14Z',
          c.shape,
        ) + circle(1, 3, 3, c.accent)
      : fillPath(
          'M-30-12A22 22 0 0 1 12-14C32-8 44 8 50 30L28 20C18 32-6 32-18 18C-28 8-32 0-30-12Z',
          c.shape,
        ) +
        polygon(
          [
            [-29, -16],
            [-48, -10],
            [-28, -4],
          ],
          c.accent,
        ) +
        circle(-14, -16, 3.6, c.ground) +
        fillPath('M-6 4C8 0 24 8 30 18C16 22-2 18-6 4Z', c.accent) +
        line('M-4 28V46M8 27V46', c.shape, 3),
  { lean: 10 },
);

const fish = icon(
  (c, random) =>
    random.chance(0.5)
      ? fillPath('M-46 0C-28-28 12-28 30-4L50-22V22L30 4C12 28-28 28-46 0Z', c.shape) +
        circle(-26, -5, 4.5, c.ground) +
        line('M-10-18Q-2 0-10 18M6-14Q12 0 6 14', c.accent, 4) +
        fillPath('M30-4L50-22V22L30 4Z', c.accent)
      : fillPath('M-16 30C-10-10 6-36 30-46C22-20 24 6 38 30Z', c.shape) +
        rect(-50, 30, 100, 5, c.accent) +
        line('M-42 42H4M-14 49H44', c.accent, 3),
  { lean: 8 },
);

const butterfly = icon(
  (c) => {
    const wing =
      fillPath('M0-4C10-40 46-50 48-28C50-8 26 2 2 4C22 4 40 12 34 30C28 46 6 34 0 10Z', c.shape) +
      circle(30, -24, 8, c.accent) +
      circle(20, 20, 6, c.accent);
    return (
      wing +
      `<g transform="scale(-1 1)">${wing}</g>` +
      ellipse(0, 2, 3.4, 22, c.ink) +
      line('M-1-18Q-6-34-14-38M1-18Q6-34 14-38', c.ink, 2, 'round')
    );
  },
  { lean: 30 },
);

const cat = icon(
  (c) =>
    fillPath('M-28 48C-34 14-22-4-20-16L-26-46L-8-34H8L26-46L20-16C22-4 34 14 28 48Z', c.shape) +
    fillPath('M-15-20Q-9-28-3-20Q-9-14-15-20Z', c.accent) +
    fillPath('M15-20Q9-28 3-20Q9-14 15-20Z', c.accent) +
    rect(-10, -25, 2, 9, c.ink) +
    rect(8, -25, 2, 9, c.ink) +
    polygon(
      [
        [-3, -10],
        [3, -10],
        [0, -6],
      ],
      c.accent,
    ) +
    line('M28 44C50 40 46 16 38 14', c.shape, 7, 'round'),
);

const dog = icon(
  (c) =>
    fillPath(
      'M-20-36C-6-42 12-40 18-30L44-18C48-12 46-4 40-2L20 2C18 18 24 30 26 50H-30C-32 20-30-10-26-22Z',
      c.shape,
    ) +
    fillPath('M-22-36C-36-30-40-4-32 12C-22 10-16-12-14-30Z', c.accent) +
    circle(6, -22, 3.4, c.ground) +
    circle(43, -14, 4.5, c.ink) +
    rect(-28, 14, 49, 7, c.accent),
);

const rabbit = icon(
  (c) =>
    ellipse(0, 18, 25, 28, c.shape) +
    rotated(-10, -10, -20, ellipse(-10, -26, 8, 26, c.shape) + ellipse(-10, -26, 3.5, 18, c.accent)) +
    rotated(14, 10, -20, ellipse(12, -26, 8, 26, c.shape) + ellipse(12, -26, 3.5, 18, c.accent)) +
    circle(-9, 12, 3.4, c.ground) +
    circle(9, 12, 3.4, c.ground) +
    polygon(
      [
        [-4, 22],
        [4, 22],
        [0, 27],
      ],
      c.accent,
    ) +
    line('M0 27V33', c.ground, 2),
  { lean: 6 },
);

const owl = icon(
  (c) =>
    fillPath('M-34-44L-18-36H18L34-44V10C34 36 16 48 0 48S-34 36-34 10Z', c.shape) +
    circle(-15, -14, 15, c.ground) +
    circle(15, -14, 15, c.ground) +
    circle(-13, -14, 8, c.accent) +
    circle(13, -14, 8, c.accent) +
    circle(-13, -14, 3.5, c.ink) +
    circle(13, -14, 3.5, c.ink) +
    polygon(
      [
        [-5, -5],
        [5, -5],
        [0, 5],
      ],
      c.accent,
    ) +
    repeat(6, (i) => fillPath(`M${at(-20 + (i % 3) * 14, 16 + (i > 2 ? 12 : 0))}h12q-6 12-12 0Z`, c.ground)),
);

const snake = icon(
  (c) =>
    line('M34 46C-10 52-46 38-30 20S38 12 30-8S-30-8-22-28S8-40 18-38', c.shape, 12, 'round') +
    line('M34 46C-10 52-46 38-30 20S38 12 30-8S-30-8-22-28', c.accent, 3, 'round') +
    ellipse(22, -38, 11, 8, c.shape) +
    circle(24, -40, 2.2, c.ground) +
    line('M32-37L44-36L49-40M44-36L49-32', c.accent, 2),
  { lean: 14 },
);

const horse = icon(
  (c) =>
    fillPath(
      'M-40 50C-40 10-24 0-22-22C-18-36-4-46 8-42L14-52L18-38C32-28 40-6 46 8C46 18 36 22 28 16C20 6 10 4 2 4C10 20 14 34 14 50Z',
      c.shape,
    ) +
    fillPath('M-40 50C-46 10-34-36 6-44C-12-30-14-14-18 0C-24 14-30 26-28 50Z', c.accent) +
    circle(18, -18, 3.2, c.ground) +
    circle(39, 10, 2, c.ground),
);

const spider = icon(
  (c) =>
    line('M0-70V-14', c.shape, 1.6) +
    repeat(4, (i) =>
      line(
        `M6 ${-6 + i * 5}Q${24 + i * 4} ${-30 + i * 14} ${42 - (i % 2) * 6} ${-24 + i * 24}M-6 ${-6 + i * 5}Q${-24 - i * 4} ${-30 + i * 14} ${-42 + (i % 2) * 6} ${-24 + i * 24}`,
        c.shape,
        3,
        'round',
      ),
    ) +
    ellipse(0, 14, 15, 19, c.shape) +
    circle(0, -9, 9, c.shape) +
    polygon(starPoints(0, 14, 8, 3, 4), c.accent),
  { ways: ['alone', 'huge', 'disc', 'crowd'] },
);

const bone = icon(
  (c) =>
    repeat(2, (i) => rotated(i * 180, 0, 0, circle(-8, -38, 10, c.shape) + circle(8, -38, 10, c.shape))) +
    rect(-7, -38, 14, 76, c.shape) +
    fillPath('M-7-6L7-14V8L-7 14Z', c.accent),
  { lean: 45 },
);

const flower = icon(
  (c, random) => {
    const petals = random.whole(5, 9);
    const long = random.between(20, 25);
    const head = repeat(petals, (i) =>
      rotated(
        (i * 360) / petals,
        0,
        -14,
        ellipse(0, -14 - long * 0.75, 130 / petals / 1.7, long * 0.7, c.accent),
      ),
    );
    return (
      line('M0-10C4 16-2 30 0 52', c.shape, 4.5) +
      fillPath(
        'M0 36C10 14 28 14 36 16C34 30 18 40 0 36ZM0 44C-10 26-24 26-32 28C-30 40-16 50 0 44Z',
        c.shape,
      ) +
      head +
      circle(0, -14, 9, c.ground) +
      circle(0, -14, 5, c.shape)
    );
  },
  { ways: ['alone', 'alone', 'huge', 'crowd', 'echo'], lean: 10 },
);

const leaf = icon(
  (c) =>
    fillPath('M0-50C34-24 34 20 0 40C-34 20-34-24 0-50Z', c.shape) +
    fillPath('M0-50C34-24 34 20 0 40Z', c.accent) +
    line('M0-36V54M0-14L14-24M0 4L18-8M0 22L16 10M0-14L-14-24M0 4L-18-8M0 22L-16 10', c.ground, 2.4),
  { lean: 40 },
);

const snowflake = icon(
  (c) =>
    repeat(6, (i) =>
      rotated(
        i * 60,
        0,
        0,
        rect(-2.5, -48, 5, 48, c.shape) +
          line('M-12-42L0-30L12-42M-9-26L0-17L9-26', i % 2 ? c.accent : c.shape, 4),
      ),
    ) + circle(0, 0, 6, c.accent),
  { lean: 20 },
);

export const BEASTS = {
  bird,
  fish,
  butterfly,
  cat,
  dog,
  rabbit,
  owl,
  snake,
  horse,
  spider,
  bone,
  flower,
  leaf,
  snowflake,
};
