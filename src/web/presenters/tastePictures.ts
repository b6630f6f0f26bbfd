/** A small bar chart as numbers: the view writes them into SVG attributes. */
export interface BarChart {
  width: number;
  height: number;
  /** Read out instead of the drawing. */
  spoken: string;
  bars: {
    x: number;
    y: number;
    width: number;
    height: number;
    label: string;
    labelX: number;
    labelY: number;
    count: number;
  }[];
  /** The empty part behind every bar. */
  ground: { x: number; y: number; width: number; height: number }[];
  anchor: 'middle' | 'start';
}

const WIDTH = 260;
const HEIGHT = 112;
const LETTERS = 18;

/**
 * Upright bars with labels under them, or bars across with labels before them. The largest count fills its ground; a
 * count above zero is never invisible.
 */
export function drawBars(
  counts: readonly { label: string; count: number }[],
  spoken: string,
  direction: 'upright' | 'across' = 'upright',
): BarChart {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return direction === 'upright' ? upright(counts, most, spoken) : across(counts, most, spoken);
}

function upright(
  counts: readonly { label: string; count: number }[],
  most: number,
  spoken: string,
): BarChart {
  const step = WIDTH / Math.max(counts.length, 6);
  const width = step * 0.8;
  const room = HEIGHT - LETTERS;
  const chart: BarChart = { width: WIDTH, height: HEIGHT, spoken, bars: [], ground: [], anchor: 'middle' };
  counts.forEach(({ label, count }, at) => {
    const x = tidy(at * step + (step - width) / 2);
    const height = tidy(count === 0 ? 0 : Math.max(3, (count / most) * room));
    chart.ground.push({ x, y: 0, width: tidy(width), height: room });
    chart.bars.push({ x, y: tidy(room - height), width: tidy(width), height, label, labelX: tidy(x + width / 2), labelY: HEIGHT - 3, count }); // prettier-ignore
  });
  return chart;
}

function across(counts: readonly { label: string; count: number }[], most: number, spoken: string): BarChart {
  const step = HEIGHT / Math.max(counts.length, 5);
  const left = 96;
  const height = step * 0.62;
  const chart: BarChart = { width: WIDTH, height: HEIGHT, spoken, bars: [], ground: [], anchor: 'start' };
  counts.forEach(({ label, count }, at) => {
    const y = tidy(at * step + (step - height) / 2);
    chart.ground.push({ x: left, y, width: WIDTH - left, height: tidy(height) });
    chart.bars.push({ x: left, y, width: tidy(Math.max(3, (count / most) * (WIDTH - left))), height: tidy(height), label, labelX: 0, labelY: tidy(y + height / 2 + 3.8), count }); // prettier-ignore
  });
  return chart;
}

const tidy = (value: number): number => Math.round(value * 10) / 10;
