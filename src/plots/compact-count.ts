/** A count in at most four characters: `999`, `9.9k`, `12k`, `1.2M`. */
export function compactCount(count: number): string {
  if (count < 1000) return String(count);
  if (count < 999_500) return scaled(count / 1000, 'k');
  if (count < 999_500_000) return scaled(count / 1_000_000, 'M');
  return scaled(count / 1_000_000_000, 'G');
}

function scaled(value: number, unit: string): string {
  return `${value < 9.95 ? value.toFixed(1).replace('.0', '') : value.toFixed(0)}${unit}`;
}
