import { describe, expect, test } from 'vitest';
import { renderTerminal, reportModel } from '../../../src/report/index.ts';
import { textWidth } from '../../../src/report/text-table.ts';
import { binTable } from '../plots/sample-bins.ts';
import { doubtfulInput, plainInput, sampleInput } from './sample-report.ts';

const inputs = { compared: sampleInput, plain: plainInput, doubtful: doubtfulInput };
const model = reportModel(sampleInput);
const lines = renderTerminal(model).split('\n');
const widest = (text: string): number => Math.max(...text.split('\n').map(textWidth));

describe.each(Object.entries(inputs))('the terminal text (%s)', (_, input) => {
  test.each([40, 56, 64, 72, 79, 80, 81, 100, 132, 500])('fits into %i columns', (width) => {
    const written = reportModel(input);
    expect(widest(renderTerminal(written, { width }))).toBeLessThanOrEqual(width);
    const ascii = renderTerminal(written, { width, unicode: false });
    expect(widest(ascii)).toBeLessThanOrEqual(width);
    expect(ascii).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test('leaves no space at the ends of lines', () => {
    expect(
      renderTerminal(reportModel(input))
        .split('\n')
        .filter((line) => / $/.test(line)),
    ).toEqual([]);
  });
});

describe('the terminal text', () => {
  test('begins with the title and the verdict and ends with the conventions', () => {
    expect(lines[0]).toBe(' Animals, test split');
    expect(lines[3]).toMatch(/^ ● Overconfident by 6\.4 points \(p < 0\.0001\); T = 1\.83 lowers the NLL/);
    expect(lines.slice(-4).join(' ')).toContain('15 equal-width, right-closed');
    expect(lines.at(-1)).toBe('');
  });

  test('shows every key figure before and after, and what the change is worth', () => {
    const row = (label: string): string => lines.find((line) => line.startsWith(` ${label} `))!;
    expect(row('NLL')).toMatch(/0\.7121 +0\.5234 +−0\.1887 +−0\.2193 to −0\.1602 {2}better$/);
    expect(row('Accuracy')).toMatch(/80\.83 % +80\.83 % +0\.00$/);
    for (const { label, before } of model.figures) {
      const written = lines.find((line) => line.trim().startsWith(label));
      expect(written, label).toContain(before.replace(/ ±.*/, ''));
    }
  });

  test('lists the bins of the table, and those without rows in one line', () => {
    expect(lines).toContain(' 0.000–0.133  2 empty bins');
    const last = lines.find((line) => line.startsWith(' 0.933–1.000'))!;
    expect(last).toMatch(/1,768 +98\.5 +94\.1 +−4\.4\* .* 1,046 +97\.2 +96\.9 +−0\.3 /);
  });

  test('draws a bar for each gap, in proportion, on one scale for before and after', () => {
    const alone = renderTerminal(reportModel(plainInput), { unicode: false }).split('\n');
    const bars = alone.flatMap((line) => {
      const match = /^ \d\.\d+-\d\.\d+ .*?([+-]\d+\.\d)[* ] (#+)/.exec(line);
      return match === null ? [] : [[Math.abs(Number(match[1])), match[2]!.length] as const];
    });
    expect(bars.length).toBeGreaterThan(6);
    const full = Math.max(...bars.map(([, cells]) => cells));
    // The bin of 4 rows does not set the scale; the largest gap among the others does.
    const scale = Math.max(...bars.map(([gap]) => gap).filter((gap) => gap < 20));
    for (const [gap, cells] of bars.filter(([size]) => size <= scale)) {
      expect(Math.abs(cells - (gap / scale) * full)).toBeLessThanOrEqual(1);
    }
  });

  test('marks gaps beyond noise with a star, which needs no colour', () => {
    for (const side of [model.bins.before, model.bins.after!]) {
      for (const { gap, beyondNoise, rows } of side) {
        const found = lines.some((line) => line.includes(`${rows} `) && line.includes(`${gap}*`));
        if (beyondNoise) expect(found, gap).toBe(true);
      }
    }
    expect(lines.filter((line) => line.includes('*')).length).toBeGreaterThan(5);
  });

  test('colours each part by what it says', () => {
    const paint = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const names = ['strong', 'faint', 'good', 'bad', 'over', 'under'] as const;
    const colour = Object.fromEntries(names.map((name) => [name, paint(name)]));
    const painted = renderTerminal(model, { colour });
    expect(painted).toContain('<good>better</good>');
    expect(painted).toContain('<good>●</good>');
    expect(painted).toMatch(/<over> +−4\.4\*<\/over>/);
    expect(
      painted
        .replaceAll(/<\/?[a-z]+>/g, '')
        .split('\n')
        .map((line) => line.trimEnd()),
    ).toEqual(lines);
  });

  test('shows at most 40 lines of bins, the most confident', () => {
    const many = binTable(Array.from({ length: 100 }, (_, b) => [5, 4, (b + 0.5) / 100] as const));
    const { evaluation } = plainInput;
    const text = renderTerminal(
      reportModel({
        ...plainInput,
        evaluation: { ...evaluation, before: { ...evaluation.before, reliability: many } },
      }),
    );
    expect(text).toContain('… 60 lines above are in the report');
    expect(text).toContain(' 0.99–1.00 ');
    expect(text).not.toContain(' 0.59–0.60 ');
  });

  test('refuses options that it does not know or cannot use', () => {
    expect(() => renderTerminal(model, { widht: 80 } as never)).toThrow('did you mean "width"?');
    expect(() => renderTerminal(model, { width: 39 })).toThrow(
      'E_OPTION: option "width" must be a whole number 40..500, got 39.',
    );
  });
});
