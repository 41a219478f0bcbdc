import { asciiText, wholeTexts } from './plain-labels.ts';
import { type PlainLayout, type PlainReader, recordsAtOnce } from './plain-layout.ts';
import { type PlainModule, plainModule } from './plain-module.ts';
import { powersOfTen } from './plain-number.ts';

const space = 0x20;
const lineFeed = 0x0a;

/** Bytes of what a record has besides its scores, see `assembly/plain-records.ts`. */
const recordSize = 32;

/** Bytes of the powers of ten. */
const powersSize = 8976;

/** Numbers are looked at sixteen bytes at a time, so as many may be read behind the text. */
const slack = 32;

/** Why the module stopped reading. */
const stops = { odd: 1, full: 2, powerless: 3 } as const;

/**
 * The reader of plain records in WebAssembly: the same records, the same values, the same stops as the one in JavaScript.
 *
 * @returns `undefined` where the engine has no WebAssembly, no SIMD, or may not compile.
 */
export function webassemblyPlainRecords(layout: PlainLayout, delimiter: number): PlainReader | undefined {
  const module = plainModule();
  return module === undefined ? undefined : readerOf(module, layout, delimiter);
}

function readerOf(module: PlainModule, layout: PlainLayout, delimiter: number): PlainReader {
  const { roles, scores, decimalMark, maxCell, take } = layout;
  const most = recordsAtOnce(layout);
  const powersAt = aligned(module.freeAddress());
  const rolesAt = powersAt + powersSize;
  const recordsAt = aligned(rolesAt + 4 * roles.length);
  const valuesAt = recordsAt + most * recordSize;
  const textAt = valuesAt + 8 * most * scores;
  const labels: string[] = [];
  const weights = new Float64Array(most);
  const lineOf = new Uint32Array(most);
  const textOf = wholeTexts();
  let bytes = new Uint8Array(0);
  let words = new Int32Array(0);
  let doubles = new Float64Array(0);

  /** Makes room for so many bytes, and looks at the memory again, which growing detaches. */
  const reach = (size: number): void => {
    const missing = size - module.memory.buffer.byteLength;
    if (missing > 0) module.memory.grow(Math.ceil(missing / 65_536));
    if (missing <= 0 && bytes.length > 0) return;
    bytes = new Uint8Array(module.memory.buffer);
    words = new Int32Array(module.memory.buffer);
    doubles = new Float64Array(module.memory.buffer);
  };

  reach(textAt);
  words.set(roles, rolesAt / 4);
  module.setLayout(
    rolesAt,
    roles.length,
    scores,
    delimiter,
    decimalMark,
    maxCell,
    delimiter === space ? 0 : 1,
  );

  const handOver = (count: number, line: number): number => {
    for (let k = 0; k < count; k += 1) {
      const at = (recordsAt + k * recordSize) / 4;
      const whole = words[at + 2]!;
      lineOf[k] = line + words[at + 1]!;
      labels[k] = whole >= 0 ? textOf(whole) : asciiText(bytes, words[at + 3]!, words[at + 4]!);
      weights[k] = doubles[at / 2 + 3]!;
    }
    const values = doubles.subarray(valuesAt / 8, valuesAt / 8 + count * scores);
    return take({ count, values, labels, weights, lines: lineOf });
  };

  return (source, to, line) => {
    const stop = source.subarray(0, to).lastIndexOf(lineFeed) + 1;
    reach(textAt + stop + slack);
    bytes.set(source.subarray(0, stop), textAt);
    let end = 0;
    let lines = 0;
    for (;;) {
      const why = module.readRecords(textAt + end, textAt + stop, valuesAt, recordsAt, most);
      const count = module.recordsRead.value;
      const taken = count === 0 ? 0 : handOver(count, line + lines);
      if (taken < count) {
        const at = (recordsAt + taken * recordSize) / 4;
        return { end: end + words[at]!, lines: lines + words[at + 1]!, isOdd: true };
      }
      end = module.textEnd.value - textAt;
      lines += module.linesRead.value;
      if (why === stops.powerless) {
        doubles.set(powersOfTen(), powersAt / 8);
        module.setPowers(powersAt);
      } else if (why !== stops.full) return { end, lines, isOdd: why === stops.odd };
    }
  };
}

/** The next multiple of 16, where vectors are read fastest. */
function aligned(address: number): number {
  return Math.ceil(address / 16) * 16;
}
