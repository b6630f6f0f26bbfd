import {
  circle,
  ellipse,
  fillPath,
  holedPath,
  line,
  num,
  polar,
  polygon,
  rect,
  repeat,
  rotated,
} from '../shapes.ts';
import { pattern } from '../types.ts';
import { icon } from './arrange.ts';

/** Stripes of rank. */
const chevrons = pattern(({ w, h, c, random }) => {
  const count = random.whole(4, 7);
  const step = (h * 1.3) / count;
  const isUp = random.chance(0.4);
  const loud = random.whole(1, count - 2);
  const rise = w * random.between(0.28, 0.5);
  const art = repeat(count + 1, (i) => {
    const y = -rise * 0.6 + i * step;
    return line(
      `M-10 ${num(y)}L${num(w / 2)} ${num(y + rise)}L${num(w + 10)} ${num(y)}`,
      i === loud ? c.accent : i % 2 ? c.detail : c.shape,
      step * 0.42,
    );
  });
  return isUp ? `<g transform="translate(0 ${num(h)})scale(1 -1)">${art}</g>` : art;
});

/** Three to five cuts through the page. */
const claws = pattern(({ w, h, c, random }) => {
  const count = random.whole(3, 5);
  const lean = random.sign() * w * random.between(0.14, 0.28);
  const odd = random.whole(0, count - 1);
  return repeat(count, (i) => {
    const x = (w * (i + 0.75)) / (count + 0.5);
    const [top, foot] = [h * random.between(0.04, 0.2), h * random.between(0.78, 0.97)];
    const width = w * random.between(0.05, 0.085);
    return fillPath(
      `M${num(x - lean)} ${num(top)}Q${num(x + width)} ${num(h * 0.45)} ${num(x + lean)} ${num(foot)}Q${num(x - width)} ${num(h * 0.5)} ${num(x - lean)} ${num(top)}Z`,
      i === odd ? c.accent : c.shape,
    );
  });
});

/** Something runs down from the top edge. */
const drips = pattern(({ w, h, c, random }) => {
  const count = random.whole(6, 9);
  const step = w / count;
  const drop = (length: number): string =>
    `V${num(length)}a${num(step * 0.3)} ${num(step * 0.3)} 0 0 1 ${num(-step * 0.6)} 0V${num(h * 0.2 + step * 0.2)}a${num(step * 0.2)} ${num(step * 0.2)} 0 0 0 ${num(-step * 0.4)} 0`;
  const all = repeat(count + 1, () => drop(h * 0.22 + h * random.between(0.03, 0.5)));
  const fall = random.between(0.2, 0.8) * w;
  return (
    fillPath(`M0 -1H${num(w + step * 0.5)}${all}H-60V-1Z`, c.accent) +
    fillPath(
      `M${num(fall)} ${num(h * 0.72)}q${num(step * 0.44)} ${num(step * 0.9)} 0 ${num(step * 1.2)}q${num(-step * 0.44)} ${num(-step * 0.3)} 0 ${num(-step * 1.2)}Z`,
      c.shape,
    )
  );
});

const target = icon(
  (c, random) =>
    repeat(4, (i) => circle(0, 0, 48 - i * 12, i % 2 ? c.ground : c.shape)) +
    circle(0, 0, 9, c.accent) +
    (random.chance(0.5) ? line('M-56 0H-20M20 0H56M0-56V-20M0 20V56', c.accent, 3) : ''),
  { ways: ['alone', 'huge', 'huge', 'crowd', 'echo'] },
);

const sword = icon(
  (c) =>
    polygon(
      [
        [0, -62],
        [5, -50],
        [5, 22],
        [-5, 22],
        [-5, -50],
      ],
      c.shape,
    ) +
    rect(-22, 22, 44, 6, c.accent, 3) +
    rect(-4, 28, 8, 22, c.accent) +
    circle(0, 53, 6, c.shape) +
    rect(-0.8, -48, 1.6, 68, c.ground),
  { lean: 38, ways: ['alone', 'huge', 'pair', 'disc', 'echo'] },
);

const katana = icon(
  (c) =>
    circle(12, -14, 32, c.accent) +
    line('M-40 40C-8 26 26-8 44-46', c.shape, 6) +
    rotated(-40, -22, 30, rect(-30, 22, 4, 16, c.ink, 2)) +
    line('M-46 46L-28 33', c.ink, 7),
  { lean: 16 },
);

const boxing = icon(
  (c) =>
    fillPath('M-24 8C-36-4-40-24-28-36C-14-50 18-50 30-36C40-24 38 0 26 12V22H-22Z', c.accent) +
    fillPath('M-24 8C-38 8-44-8-36-16C-28-22-16-12-10-4C-12 6-18 10-24 8Z', c.shape) +
    rect(-24, 24, 52, 22, c.shape, 3) +
    rect(-24, 30, 52, 4, c.ground) +
    line('M12-38C20-34 24-26 24-18', c.ground, 3, 'round'),
  { lean: 24, ways: ['alone', 'huge', 'pair', 'pair', 'disc', 'crowd'] },
);

const dagger = icon(
  (c) =>
    polygon(
      [
        [0, 56],
        [9, 36],
        [7, -12],
        [-7, -12],
        [-9, 36],
      ],
      c.shape,
    ) +
    polygon(
      [
        [0, 56],
        [9, 36],
        [7, -12],
        [0, -12],
      ],
      c.detail,
    ) +
    rect(-22, -18, 44, 7, c.accent, 3) +
    rect(-5, -46, 10, 28, c.accent) +
    circle(0, -48, 7, c.shape),
  { lean: 24 },
);

const pistol = icon(
  (c) =>
    fillPath('M-48-22H40V-28H46V-4H8C6 6 0 10-10 10L-18 40H-42L-32-2C-40-4-46-8-48-14Z', c.shape) +
    holedPath('M-8-4H8Q6 8-10 8Z', c.ground) +
    rect(-44, -16, 14, 3, c.ground) +
    circle(52, -18, 4, c.accent),
  { lean: 24, ways: ['alone', 'huge', 'crowd', 'pair', 'disc'] },
);

const barbed = pattern(({ w, h, c, random }) => {
  const rows = random.whole(3, 5);
  return (
    circle(w * random.between(0.3, 0.7), h * 0.4, Math.min(w, h) * 0.22, c.accent) +
    repeat(rows, (row) => {
      const y = ((row + 0.6) * h) / rows;
      const sag = random.between(-14, 18);
      const barbs = repeat(4, (i) => {
        const t = (i + 0.5 + (row % 2) * 0.25) / 4.4;
        const x = t * w;
        const by = y + 4 * t * (1 - t) * sag * 0.5;
        return `M${num(x - 11)} ${num(by - 12)}L${num(x + 11)} ${num(by + 12)}M${num(x + 8)} ${num(by - 14)}L${num(x - 8)} ${num(by + 14)}`;
      });
      return line(
        `M-5 ${num(y)}Q${num(w / 2)} ${num(y + sag)} ${num(w + 5)} ${num(y)}${barbs}`,
        c.shape,
        4.5,
      );
    })
  );
});

const ball = icon(
  (c, random) =>
    random.chance(0.55)
      ? circle(0, 0, 47, c.shape) +
        polygon(
          Array.from({ length: 5 }, (_, i) => polar(0, 0, 17, i * 72 - 90)),
          c.accent,
        ) +
        repeat(5, (i) => {
          const [x, y] = polar(0, 0, 17, i * 72 - 90);
          const [a, b] = polar(0, 0, 33, i * 72 - 90);
          return (
            line(`M${num(x)} ${num(y)}L${num(a)} ${num(b)}`, c.ground, 3) +
            rotated(
              i * 72,
              0,
              0,
              polygon(
                [
                  [-11, -45],
                  [-7, -33],
                  [7, -33],
                  [11, -45],
                  [0, -47],
                ],
                c.ground,
              ),
            )
          );
        })
      : circle(0, 0, 47, c.accent) +
        line('M-47 0H47M0-47V47M-33-33C-12-14-12 14-33 33M33-33C12-14 12 14 33 33', c.ground, 3),
  { lean: 30 },
);

const cards = icon(
  (c) => {
    const card = (turn: number, fill: string, mark: string): string =>
      rotated(
        turn,
        0,
        40,
        rect(-20, -42, 40, 60, fill, 4) +
          `<g transform="translate(0 -12)scale(.28)">${fillPath('M0-40C14-18 40-8 36 14C32 30 12 28 5 18L12 42H-12L-5 18C-12 28-32 30-36 14C-40-8-14-18 0-40Z', mark)}</g>`,
      );
    return card(-28, c.detail, c.shape) + card(0, c.shape, c.ground) + card(28, c.accent, c.ground);
  },
  { lean: 14 },
);

const dice = icon(
  (c) =>
    rotated(
      12,
      0,
      0,
      rect(-34, -34, 68, 68, c.shape, 11) +
        [
          [-18, -18],
          [18, -18],
          [0, 0],
          [-18, 18],
          [18, 18],
        ]
          .map(([x = 0, y = 0], i) => circle(x, y, 6.5, i === 2 ? c.accent : c.ground))
          .join(''),
    ),
  { ways: ['alone', 'pair', 'crowd', 'echo', 'disc', 'huge'], lean: 12 },
);

const scales = icon((c, random) => {
  const tilt = random.sign() * random.between(4, 12);
  const pan = (x: number, y: number): string =>
    line(
      `M${num(x)} ${num(y)}L${num(x - 14)} ${num(y + 34)}M${num(x)} ${num(y)}L${num(x + 14)} ${num(y + 34)}`,
      c.shape,
      2,
    ) + fillPath(`M${num(x - 18)} ${num(y + 34)}h36q-4 14-18 14t-18-14Z`, c.accent);
  return (
    rect(-3, -44, 6, 86, c.shape) +
    rect(-24, 40, 48, 8, c.shape, 3) +
    line(`M-36 ${num(-34 + tilt)}L36 ${num(-34 - tilt)}`, c.shape, 5) +
    circle(0, -42, 6, c.accent) +
    pan(-36, -34 + tilt) +
    pan(36, -34 - tilt)
  );
});

const cactus = icon(
  (c) =>
    ellipse(0, 48, 46, 5, c.accent) +
    line('M0 46V-34', c.shape, 17, 'round') +
    line('M0 14H-22Q-28 14-28 6V-10M0 2H20Q26 2 26-6V-22', c.shape, 11, 'round') +
    line('M-3 40V-30M4 40V-30', c.ground, 1.8),
  { ways: ['alone', 'alone', 'huge', 'crowd', 'disc'] },
);

export const CONFLICT = {
  chevrons,
  claws,
  drips,
  target,
  sword,
  katana,
  boxing,
  dagger,
  pistol,
  barbed,
  ball,
  cards,
  dice,
  scales,
  cactus,
};
