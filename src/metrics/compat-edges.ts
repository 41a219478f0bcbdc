import { exactProduct } from '../numerics/exact-product.ts';
import { quantileOfSorted } from '../numerics/order-statistics.ts';

/** Sizes of floating-point numbers that libraries compute in. */
export type Precision = 'float32' | 'float64';

/** Edges i·(1/n) with the last set to 1, as `numpy.linspace` rounds them: not always the nearest double to i/n. */
export function numpyEdges(bins: number): Float64Array {
  const step = 1 / bins;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => i * step);
  edges[bins] = 1;
  return edges;
}

/**
 * Edges as `torch.linspace` rounds them: from 0 upwards in the lower half, from 1 downwards in the upper, product and
 * difference rounded once together (fused), as its vectorised loops do.
 */
export function torchEdges(bins: number, precision: Precision): Float64Array {
  const isSingle = precision === 'float32';
  const step = isSingle ? Math.fround(1 / bins) : 1 / bins;
  const half = Math.floor((bins + 1) / 2);
  return Float64Array.from({ length: bins + 1 }, (_, i) => {
    if (i < half) return isSingle ? Math.fround(step * i) : step * i;
    // A product of two single-precision numbers is exact in double precision.
    return isSingle ? Math.fround(1 - step * (bins - i)) : oneLessProduct(step, bins - i);
  });
}

/** 1 − a·b, rounded once. */
function oneLessProduct(a: number, b: number): number {
  const [product, rest] = exactProduct(a, b);
  const difference = 1 - product;
  const lost = 1 - difference - product;
  return difference + (lost - rest);
}

/** Edges i·(1/n), none above 1, as R's `seq(0, 1, by = 1/n)` gives them: the last may fall short of 1. */
export function sequenceEdges(bins: number): Float64Array {
  const step = 1 / bins;
  return Float64Array.from({ length: Math.floor(1 / step + 1e-10) + 1 }, (_, i) => Math.min(i * step, 1));
}

/** Quantiles at i/n of the values by linear interpolation, as `numpy.quantile`; as `numpy.percentile` in percent. */
export function quantileEdges(values: Float64Array, bins: number, unit: 'share' | 'percent'): Float64Array {
  const sorted = values.slice().sort();
  return numpyEdges(bins).map((q) => quantileOfSorted(sorted, unit === 'share' ? q : (q * 100) / 100));
}

/** Number of edges below a value: the first place it could be put in. */
export function edgesBelow(edges: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Number of edges at or below a value: the last place it could be put in. */
export function edgesUpTo(edges: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
