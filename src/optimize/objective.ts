/**
 * A smooth function to be minimised: writes its gradient at `x` into `gradient` and returns its value.
 *
 * Where the function is not defined it returns a non-finite value (NaN or an infinity); a search then backs off and
 * never stops there. `x` and `gradient` are work buffers of the search: read the one, overwrite every entry of the
 * other, keep neither, and change `x` never. Equal `x` must give equal results.
 */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;
