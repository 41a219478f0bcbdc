import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CalibrationError } from '../../src/core/errors.ts';
import { seededRandom } from '../../src/core/random.ts';
import { crc32 } from '../../src/io/crc-32.ts';
import {
  type CsvOptions,
  formatNpy,
  type LoadedSet,
  streamCsv,
  streamCsvPair,
  streamScores,
} from '../../src/io/index.ts';

const saved: Readonly<Record<string, string>> & {
  readonly logits: number[];
  readonly labels: number[];
  readonly weights: number[];
} = JSON.parse(readFileSync(new URL('./npz.json', import.meta.url), 'utf8'));

const archive = (name: string): Uint8Array => new Uint8Array(Buffer.from(saved[name]!, 'base64'));

async function* arriving(bytes: Uint8Array, piece = 1 << 20): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

const load = (bytes: Uint8Array, options: CsvOptions = {}): Promise<LoadedSet> =>
  streamCsv(arriving(bytes), { file: 'v.npz', ...options });

interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly isDeflated?: boolean;
  /** What the directory says, where that is not the truth. */
  readonly size?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
  readonly localName?: string;
}

/** A zip archive with all the faults that its entries ask for. */
function zip(entries: readonly Entry[]): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, isDeflated = false, ...told } of entries) {
    const packed = isDeflated ? deflateRawSync(bytes) : Buffer.from(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(told.flags ?? 0, 2);
    fields.writeUInt16LE(told.method ?? (isDeflated ? 8 : 0), 4);
    fields.writeUInt32LE(told.crc ?? crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(told.size ?? bytes.length, 18);
    const local = Buffer.from(told.localName ?? name);
    const localFields = Buffer.from(fields);
    localFields.writeUInt16LE(local.length, 22);
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), localFields, local, packed]);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, Buffer.from(name)]),
    );
    bodies.push(body);
    offset += body.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return new Uint8Array(Buffer.concat([...bodies, list, Buffer.from('PK\x05\x06', 'latin1'), end]));
}

const npy = (values: readonly number[], rows: number): Uint8Array =>
  Buffer.concat([...formatNpy({ data: Float64Array.from(values), rows, columns: values.length / rows })]);
const logits: Entry = { name: 'logits.npy', bytes: npy([2, 1, 0, 3], 2) };
const labels: Entry = { name: 'labels.npy', bytes: npy([0, 1], 2) };

describe('an archive as NumPy saved it', () => {
  test.each(['stored', 'deflated', 'zip64'])('%s: holds scores and labels by their names', async (name) => {
    const set = await load(archive(name));
    expect([...set.scores.data]).toEqual(saved.logits);
    expect([...set.labels]).toEqual(saved.labels);
    expect(set.weights).toBeUndefined();
  });

  test('holds what the same numbers hold as text, weights included', async () => {
    const lines = saved.labels.map((label, i) =>
      [...saved.logits.slice(3 * i, 3 * i + 3), saved.weights[i], label].join(','),
    );
    const text = new TextEncoder().encode(`a,b,c,w,label\n${lines.join('\n')}\n`);
    const fromText = await streamCsv(arriving(text), { weight: 'w' });
    const fromArrays = await load(archive('deflated'), { weight: 'w' });
    expect(fromArrays.dataHash).toBe(fromText.dataHash);
    expect([...fromArrays.weights!]).toEqual(saved.weights);
  });

  test('may come from a source that uses the memory of its pieces again', async () => {
    async function* reusing(): AsyncGenerator<Uint8Array> {
      const memory = new Uint8Array(7);
      for await (const piece of arriving(archive('stored'), 7)) {
        memory.set(piece);
        yield memory.subarray(0, piece.length);
      }
    }
    expect([...(await streamCsv(reusing())).scores.data]).toEqual(saved.logits);
  });

  test('is read by the shapes of its arrays where their names say nothing', async () => {
    const set = await load(archive('unnamed'));
    expect([...set.labels]).toEqual(saved.labels);
    expect(set.scores.columns).toBe(3);
  });

  test('gives its scores to labels from elsewhere, and alone', async () => {
    const text = new TextEncoder().encode('2\n1\n0\n0\n');
    const pair = await streamCsvPair(arriving(archive('stored'), 5), arriving(text));
    expect([...pair.labels]).toEqual([2, 1, 0, 0]);
    expect([...(await streamScores(arriving(archive('stored')))).scores.data]).toEqual(saved.logits);
  });

  test('wants to be told which of two matrices is meant', async () => {
    await expect(load(archive('two matrices'))).rejects.toThrow(
      'E_COLUMN: v.npz: no array is known to be "scores" among a (4 x 3), b (4 x 3), labels (4). Pass --scores with the name of the array of scores.',
    );
    expect([...(await load(archive('two matrices'), { scores: ['b'] })).labels]).toEqual(saved.labels);
    await expect(load(archive('stored'), { label: 'truth' })).rejects.toThrow(
      /^E_COLUMN: v\.npz: no array is known to be "truth"/,
    );
    await expect(load(archive('no array'))).rejects.toThrow(
      /^E_FORMAT: v\.npz is a zip archive without a NumPy array/,
    );
  });

  test('is refused where labels do not fit', async () => {
    const three = { name: 'labels.npy', bytes: npy([0, 1, 1], 3) };
    await expect(load(zip([logits, three]))).rejects.toThrow(
      /^E_ROWS: v\.npz has 2 rows of scores and 3 labels\.$/,
    );
  });

  test('is refused where weights do not fit', async () => {
    const with2 = (values: readonly number[]) =>
      zip([logits, labels, { name: 'w.npy', bytes: npy(values, values.length) }]);
    await expect(load(with2([1, 2, 3]), { weight: 'w' })).rejects.toThrow(
      /^E_ROWS: v\.npz has 2 rows of scores and 3 weights/,
    );
    await expect(load(with2([1, -2]), { weight: 'w' })).rejects.toThrow(/^E_WEIGHT_NEGATIVE: /);
  });
});

describe('an array that plays no part', () => {
  test('is not unpacked, so that no damage of it and no size matters', async () => {
    const zeros = npy(new Array(10_000_000).fill(0), 5_000_000);
    const others: readonly Entry[] = [
      { name: 'features.npy', bytes: zeros, isDeflated: true },
      { name: 'embedding.npy', bytes: npy([1, 2], 1), crc: 1 },
    ];
    const set = await load(zip([...others, logits, labels]));
    expect([...set.scores.data]).toEqual([2, 1, 0, 3]);
    await expect(load(zip([logits, { ...labels, crc: 1 }]))).rejects.toThrow('E_ZIP');
    await expect(
      load(zip([{ ...logits, crc: 1, bytes: npy([Number.NaN, 1, 0, 3], 2) }, labels])),
    ).rejects.toThrow('the checksum of entry "logits.npy" does not match');
  });
});

describe('a damaged archive', () => {
  const zeros = npy(new Array(10_000_000).fill(0), 5_000_000);
  const bomb: Entry = { name: 'logits.npy', bytes: zeros, isDeflated: true };
  test.each<[string, Uint8Array, string]>([
    ['cut off', archive('stored').slice(0, 700), 'E_ZIP'],
    ['with a byte changed', zip([{ ...logits, crc: 1 }, labels]), 'E_ZIP'],
    ['with a size that lies', zip([{ ...logits, isDeflated: true, size: 150 }, labels]), 'E_ZIP'],
    ['with a size too large', zip([{ ...logits, isDeflated: true, size: 999 }, labels]), 'E_ZIP'],
    ['with two sizes', zip([{ ...logits, size: 999 }, labels]), 'E_ZIP'],
    ['that is encrypted', zip([{ ...logits, flags: 1 }, labels]), 'E_ZIP'],
    ['packed otherwise', zip([{ ...logits, method: 12 }, labels]), 'E_ZIP'],
    ['whose entry calls itself otherwise', zip([{ ...logits, localName: 'lobits.npy' }, labels]), 'E_ZIP'],
    ['with bytes that are no deflate', zip([{ ...logits, method: 8 }, labels]), 'E_ZIP'],
    ['with a name that leads out', zip([{ ...logits, name: '../logits.npy' }]), 'E_ZIP_NAME'],
    ['with an absolute name', zip([{ ...logits, name: '/logits.npy' }]), 'E_ZIP_NAME'],
    ['with a name twice', zip([logits, logits]), 'E_ZIP_NAME'],
    ['that expands without end', zip([bomb, labels]), 'E_ZIP_RATIO'],
    [
      'of Python objects',
      zip([
        { name: 'logits.npy', bytes: Buffer.from(logits.bytes).map((byte) => byte) },
        { name: 'labels.npy', bytes: objects() },
      ]),
      'E_NPY_PICKLE',
    ],
  ])('%s is refused', async (_, bytes, code) => {
    await expect(load(bytes)).rejects.toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(/^E_\w+: v\.npz[^\n]+$/) }),
    );
  });

  test('never makes the reader stumble, whatever bytes are changed', async () => {
    const random = seededRandom(9);
    const runs = process.env['CALIBRANT_FULL'] === '1' ? 50_000 : 600;
    const names = ['stored', 'deflated', 'unnamed', 'zip64'];
    for (let run = 0; run < runs; run += 1) {
      const bytes = archive(names[random.below(names.length)]!);
      for (let change = 0; change <= random.below(4); change += 1)
        bytes[random.below(bytes.length)] = random.below(256);
      const cut = random.below(8) === 0 ? bytes.subarray(0, random.below(bytes.length)) : bytes;
      await load(cut).catch((error: unknown) => {
        if (!(error instanceof CalibrationError)) throw error;
      });
    }
  });
});

/** An array of objects as NumPy heads it. */
function objects(): Uint8Array {
  const text = "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }".padEnd(117);
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'),
    Buffer.from(`${text}\n`),
    Buffer.alloc(16),
  ]);
}
