const space = 0x20;
const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Makes bytes that arrive piece by piece those of a table with one space between cells: runs of spaces outside quotes become one, and
 * those around a record are left out, so that aligned columns can be read. Lines stay as many.
 *
 * @returns What to call with each piece; the result is valid until the next call.
 */
export function spaceCollapser(): (bytes: Uint8Array) => Uint8Array {
  let isQuoted = false;
  let isAtStart = true;
  let isPending = false;
  let out = new Uint8Array(0);
  return (bytes) => {
    if (out.length < bytes.length + 1) out = new Uint8Array(bytes.length + 1);
    let to = 0;
    for (const byte of bytes) {
      if (byte === space && !isQuoted) {
        isPending = !isAtStart;
        continue;
      }
      const endsRecord = !isQuoted && (byte === lineFeed || byte === carriageReturn);
      if (isPending && !endsRecord) {
        out[to] = space;
        to += 1;
      }
      isPending = false;
      isAtStart = endsRecord;
      if (byte === quote) isQuoted = !isQuoted;
      out[to] = byte;
      to += 1;
    }
    return out.subarray(0, to);
  };
}
