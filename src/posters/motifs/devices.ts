import {
  at,
  polar,
  circle,
  ring,
  rect,
  fillPath,
  holedPath,
  line,
  circlePath,
  rotated,
  repeat,
  spokes,
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

const magnifier = icon(
  (c) =>
    rotated(-42, 0, 0, rect(-5, 20, 10, 34, c.accent, 4)) +
    holedPath(circlePath(-10, -10, 35) + circlePath(-10, -10, 28), c.shape) +
    circle(-10, -10, 28, c.detail) +
    fillPath(`M${at(-30, -10)}A20 20 0 0 1-10-30`, c.ground),
  { lean: 16 },
);

/** Things with a mechanism. */
export const DEVICES = { clock, hourglass, vault, film, camera, television, bomb, telephone, magnifier };
