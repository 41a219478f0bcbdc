/** A function that keeps its values and computes none twice. */
export function remembered(of: (argument: number) => number): (argument: number) => number {
  const known = new Map<number, number>();
  return (argument) => {
    if (!known.has(argument)) known.set(argument, of(argument));
    return known.get(argument)!;
  };
}

/** A function that makes the value of a key at its first call and keeps it for the others. */
export function sharedValues(): <Value>(key: string, make: () => Value) => Value {
  const kept = new Map<string, unknown>();
  return <Value>(key: string, make: () => Value): Value => {
    if (!kept.has(key)) kept.set(key, make());
    return kept.get(key) as Value;
  };
}
