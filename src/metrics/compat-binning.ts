import {
  edgesBelow,
  edgesUpTo,
  numpyEdges,
  type Precision,
  quantileEdges,
  sequenceEdges,
  torchEdges,
} from './compat-edges.ts';

/** How bins are laid out, in the words of this package; `array-split` cuts the rows in the order they come in. */
export type CompatScheme = 'equal-width' | 'equal-mass' | 'array-split';

/** Bins of a library, and which of them a value counts in: none, one or two. */
export interface CompatBinning {
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly placesOf: (value: number) => readonly number[];
}

/** What a library lays its bins by. */
export interface BinningRequest {
  readonly values: Float64Array;
  readonly bins: number;
  readonly scheme: CompatScheme;
  readonly precision: Precision;
}

/** (low, high] with edges in single precision; 0 falls in none. */
export function gpleissBinning({ bins }: BinningRequest): CompatBinning {
  const edges = torchEdges(bins, 'float32');
  return {
    ...between(edges),
    placesOf: (value) => {
      const above = edgesBelow(edges, value);
      return above === 0 || above > bins ? [] : [above - 1];
    },
  };
}

/** [low, high) with a further bin for 1. */
export function torchmetricsBinning({ bins, precision }: BinningRequest): CompatBinning {
  const edges = torchEdges(bins, precision);
  return { low: edges, high: [...edges.subarray(1), 1], placesOf: (value) => [edgesUpTo(edges, value) - 1] };
}

/** [low, high), the last closed; of equal mass with quantiles as edges. */
export function netcalBinning({ values, bins, scheme }: BinningRequest): CompatBinning {
  const edges = scheme === 'equal-width' ? numpyEdges(bins) : quantileEdges(values, bins, 'share');
  edges[0] = 0;
  edges[bins] = 1;
  return { ...between(edges), placesOf: (value) => [Math.min(edgesUpTo(edges, value), bins) - 1] };
}

/** (low, high], the first closed; of equal mass with quantiles as edges. */
export function sklearnBinning({ values, bins, scheme }: BinningRequest): CompatBinning {
  const edges = scheme === 'equal-width' ? numpyEdges(bins) : quantileEdges(values, bins, 'percent');
  const inner = edges.subarray(1, bins);
  return { ...between(edges), placesOf: (value) => [edgesBelow(inner, value)] };
}

/** (low, high], the first closed; of equal mass with edges halfway between the values at the cuts. */
export function verifiedBinning({ values, bins, scheme }: BinningRequest): CompatBinning {
  const highs =
    scheme === 'equal-width' ? Array.from({ length: bins }, (_, i) => (i + 1) / bins) : midways(values, bins);
  return {
    low: [0, ...highs.slice(0, -1)],
    high: highs,
    placesOf: (value) => [Math.min(edgesBelow(highs, value), highs.length - 1)],
  };
}

/** n − 1 intervals (low, high] over 0..1 and a bin for what is at or below the first edge. */
export function mapieBinning({ values, bins, scheme }: BinningRequest): CompatBinning {
  const edges = mapieEdges(values, bins, scheme);
  return {
    low: [Number.NEGATIVE_INFINITY, ...edges.slice(0, -1)],
    high: edges,
    placesOf: (value) => [Math.min(edgesBelow(edges, value), bins - 1)],
  };
}

/** [low, high] closed at both ends, so that values on inner edges count twice. */
export function probablyBinning({ bins }: BinningRequest): CompatBinning {
  const edges = sequenceEdges(bins);
  const last = edges.length - 2;
  return {
    ...between(edges),
    placesOf: (value) => {
      const first = Math.max(edgesBelow(edges, value) - 1, 0);
      const end = Math.min(edgesUpTo(edges, value) - 1, last);
      if (value > edges[last + 1]!) return [];
      return first === end ? [first] : [first, end];
    },
  };
}

/** The whole part of p·n as p over 1/n rounds it, with a further bin for 1. */
export function relplotBinning({ bins }: BinningRequest): CompatBinning {
  const width = 1 / bins;
  const count = Math.trunc(1 / width) + 1;
  const low = Float64Array.from({ length: count }, (_, i) => i * width);
  return {
    low,
    high: low.map((edge) => edge + width),
    placesOf: (value) => [Math.min(Math.trunc(value / width), count - 1)],
  };
}

function between(edges: Float64Array): Pick<CompatBinning, 'low' | 'high'> {
  return { low: edges.subarray(0, edges.length - 1), high: edges.subarray(1) };
}

function midways(values: Float64Array, bins: number): readonly number[] {
  const sorted = values.slice().sort();
  const ends = splitEnds(sorted.length, Math.min(bins, sorted.length)).slice(0, -1);
  const halves = ends.map((end) => (sorted[end - 1]! + sorted[end]!) / 2);
  return [...new Set([...halves, 1])].sort((a, b) => a - b);
}

/** Numbers of items up to the end of each part of `numpy.array_split`. */
function splitEnds(count: number, parts: number): readonly number[] {
  const size = Math.floor(count / parts);
  return Array.from({ length: parts }, (_, i) => (i + 1) * size + Math.min(i + 1, count % parts));
}

function mapieEdges(values: Float64Array, bins: number, scheme: CompatScheme): readonly number[] {
  if (scheme === 'equal-width') return bins === 1 ? [0] : [...numpyEdges(bins - 1)];
  if (scheme === 'equal-mass') {
    return bins === 1 ? [Math.min(...values)] : [...quantileEdges(values, bins - 1, 'percent')];
  }
  let start = 0;
  const largest = splitEnds(values.length, bins).map((end) => {
    const part = values.subarray(start, end);
    start = end;
    return part.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  });
  return [...largest.slice(0, -1).sort((a, b) => a - b), Number.POSITIVE_INFINITY];
}
