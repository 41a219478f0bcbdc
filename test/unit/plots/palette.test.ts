import { describe, expect, test } from 'vitest';
import { type Palette, palettes } from '../../../src/plots/palette.ts';

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe.each(Object.entries(palettes))('the %s palette', (_, palette: Palette) => {
  test('writes in colours that reach WCAG AA on its background', () => {
    expect(contrast(palette.ink, palette.background)).toBeGreaterThan(7);
    expect(contrast(palette.muted, palette.background)).toBeGreaterThan(4.5);
  });

  test('draws points, lines and wrong rows in colours that reach 3 to 1 on its background', () => {
    for (const part of ['point', 'over', 'diagonal'] as const) {
      expect(contrast(palette[part], palette.background), part).toBeGreaterThan(3);
    }
  });

  test('keeps points apart from the areas they stand on', () => {
    for (const part of ['bar', 'overArea', 'underArea'] as const) {
      expect(contrast(palette.point, palette[part]), part).toBeGreaterThan(2);
    }
  });

  test('has no colour twice, so that each can be exchanged for its counterpart', () => {
    const colours = Object.values(palette);
    expect(new Set(colours).size).toBe(colours.length);
    expect(colours.every((colour) => /^#[0-9a-f]{6}$/.test(colour))).toBe(true);
  });
});
