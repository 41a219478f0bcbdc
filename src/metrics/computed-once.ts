/** A function that keeps its values and computes none twice. */
export function remembered(of: (argument: number) => number): (argument: number) => number {
  const known = new Map<number, number>();
  return (argument) => {
    if (!known.has(argument)) known.set(argument, of(argument));
    return known.get(argument)!;
  };
}
