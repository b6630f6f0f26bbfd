/** Relative luminance of a hex colour, 0–1 (WCAG 2.2). */
function luminance(hex: string): number {
  const channel = (start: number): number => {
    const value = parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** WCAG contrast ratio of two hex colours, 1–21. */
export function contrast(one: string, other: string): number {
  const a = luminance(one);
  const b = luminance(other);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The first colour that can be read on the ground (contrast ≥ 4.5); black or white where none can. */
export function legibleOn(ground: string, wishes: readonly string[]): string {
  const found = wishes.find((colour) => contrast(colour, ground) >= 4.5);
  return found ?? (contrast('#ffffff', ground) > contrast('#111111', ground) ? '#ffffff' : '#111111');
}
