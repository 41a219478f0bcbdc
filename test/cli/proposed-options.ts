/** Options of which a message gives no value, as it goes without one. */
const flags = ['--drop-bad', '--allow-neg-inf', '--renormalize', '--transpose', '--header', '--no-header'];

/**
 * The options that a message proposes: each proposal is a run of options typed side by side, `--input probs --scale percent`.
 * A full stop or comma behind a value belongs to the sentence, but for the value `,` itself.
 */
export function proposedOptions(message: string): string[][] {
  const proposals: string[][] = [];
  let end = -1;
  for (const found of message.matchAll(/--([a-z][a-z-]*)(?:=("[^"]*"|\S+))?/g)) {
    const option = `--${found[1]}`;
    let [value, length] = [found[2], found[0].length];
    if (value === undefined && !flags.includes(option)) {
      const next = /^ ("[^"]*"|\S+)/.exec(message.slice(found.index + length));
      value = next?.[1] ?? '';
      length += next?.[0].length ?? 0;
    }
    const isNext = found.index === end + 1;
    const typed = value === undefined ? [option] : [`${option}=${plain(value)}`];
    if (isNext) proposals.at(-1)!.push(...typed);
    else proposals.push(typed);
    end = found.index + length;
  }
  return proposals;
}

/** What a shell passes on. */
function plain(value: string): string {
  const bare = value === ',' ? value : value.replace(/[.,;]+$/, '');
  return bare.replace(/^"(.*)"$/, '$1');
}
