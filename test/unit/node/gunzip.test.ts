import { randomBytes } from 'node:crypto';
import { constants, gzipSync, crc32 as zlibCrc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CalibrationError } from '../../../src/core/errors.ts';
import { crc32 } from '../../../src/io/crc-32.ts';
import { gunzip } from '../../../src/node/gunzip.ts';
import { gzipMember, type HeaderParts, piecesOf, textOf } from './gzip-members.ts';

const csv = 'cat,dog,label\n2.5,-1,cat\n0.5,0.75,dog\n0.25,0.125,cat\n';
const unpacked = (bytes: Uint8Array, size?: number): Promise<string> =>
  textOf(gunzip(piecesOf(bytes, size), 'val.csv.gz'));

/** The text, or the line of the error; any other error fails the test. */
async function outcome(bytes: Uint8Array, size?: number): Promise<string> {
  try {
    return await unpacked(bytes, size);
  } catch (error) {
    if (!(error instanceof CalibrationError)) throw error;
    return error.message;
  }
}

describe('gzip data', () => {
  const everything: HeaderParts = {
    extra: Uint8Array.of(1, 2, 0, 3),
    name: 'val.csv',
    comment: 'logits of é',
    headerCrc: 'right',
    text: true,
  };

  test.for<[string, HeaderParts]>([
    ['no optional part', {}],
    ['an extra field', { extra: new Uint8Array(300) }],
    ['an empty extra field', { extra: new Uint8Array(0) }],
    ['a name', { name: 'val.csv' }],
    ['an empty name', { name: '' }],
    ['a comment', { comment: 'made today' }],
    ['a header checksum', { headerCrc: 'right' }],
    ['every part', everything],
  ])('unpack behind a header with %s, cut anywhere', async ([, parts]) => {
    const packed = gzipMember(csv, parts);
    for (const size of [1, 2, 3, 7, packed.length]) expect(await unpacked(packed, size)).toBe(csv);
  });

  test.for([0, 1, 6, 9])('unpack at level %i as zlib packed them', async (level) => {
    const text = csv.repeat(400);
    expect(await unpacked(gzipSync(text, { level }), 1000)).toBe(text);
  });

  test('unpack when they hold blocks of every kind with flushes between', async () => {
    const incompressible = randomBytes(3000).toString('hex');
    const packed = gzipSync(csv + incompressible, { strategy: constants.Z_FIXED });
    expect(await unpacked(packed, 5)).toBe(csv + incompressible);
  });

  test('join all members, empty ones too, wherever they are cut', async () => {
    const packed = Buffer.concat([
      gzipMember(''),
      gzipMember(csv, everything),
      gzipMember(''),
      gzipSync(csv),
      gzipMember(''),
    ]);
    for (let size = 1; size <= packed.length; size += 1) {
      if (size > 20 && size % 13 !== 0 && size !== packed.length) continue;
      expect(await unpacked(packed, size)).toBe(csv + csv);
    }
  });

  test('are the same as zeros of one member many megabytes long', async () => {
    const size = 3 * 1024 ** 2;
    let total = 0;
    for await (const piece of gunzip(piecesOf(gzipSync(new Uint8Array(size))), 'zeros.gz')) {
      expect(piece.length).toBeLessThanOrEqual(128 * 1024);
      total += piece.length;
    }
    expect(total).toBe(size);
  });

  test('are refused when cut off at any byte', async () => {
    const packed = Buffer.concat([gzipMember(csv, everything), gzipMember(csv)]);
    const first = gzipMember(csv, everything).length;
    for (let length = 1; length < packed.length; length += 1) {
      if (length === first) continue;
      const line = `E_GZIP: val.csv.gz: the compressed data end early, after ${length} bytes; the file is cut off.`;
      expect(await outcome(packed.subarray(0, length))).toBe(line);
      if (length % 9 === 0) expect(await outcome(packed.subarray(0, length), 1)).toBe(line);
    }
  });

  test('lose nothing to a flipped bit: it is detected, or it changes nothing', async () => {
    const packed = gzipMember(csv);
    const harmless = new Set<number>();
    for (let bit = 0; bit < 8 * packed.length; bit += 1) {
      const damaged = Uint8Array.from(packed);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      const found = await outcome(damaged);
      if (found === csv) harmless.add(bit >> 3);
      else expect(found).toMatch(/^E_GZIP(_CRC)?: val\.csv\.gz: .*; the file is (damaged|cut off)\.$/);
    }
    // The text flag, time, level and system say nothing about the contents; the last deflate byte is padded.
    const lastDeflateByte = packed.length - 9;
    expect([...harmless].filter((byte) => byte !== lastDeflateByte)).toEqual([3, 4, 5, 6, 7, 8, 9]);
  });

  test('lose nothing to a flipped bit of a header with a checksum of its own', async () => {
    const packed = gzipMember(csv, everything);
    const headerLength = packed.length - (gzipMember(csv).length - 10);
    for (let bit = 16; bit < 8 * headerLength; bit += 1) {
      const damaged = Uint8Array.from(packed);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      const found = await outcome(damaged);
      // Without the flag that announces it, the checksum is read as packed data.
      expect(found, `bit ${bit}`).toMatch(/^E_GZIP(_CRC)?: /);
    }
  });

  test.for<[string, Uint8Array, string]>([
    ['text', Buffer.from('junk'), 'what follows at byte 74 is not gzip data; the file is damaged.'],
    [
      'zeros and text',
      Buffer.from('\0\0\0junk'),
      'what follows at byte 74 is not gzip data; the file is damaged.',
    ],
    [
      'half a magic',
      Uint8Array.of(0x1f, 0x00),
      'what follows at byte 74 is not gzip data; the file is damaged.',
    ],
    [
      'the start of a magic',
      Uint8Array.of(0x1f),
      'the compressed data end early, after 75 bytes; the file is cut off.',
    ],
  ])('are refused with %s behind the last member', async ([, tail, what]) => {
    const packed = gzipMember(csv);
    const at = packed.length;
    const line = `E_GZIP: val.csv.gz: ${what.replace('74', String(at)).replace('75', String(at + 1))}`;
    for (const size of [1, 11, undefined])
      expect(await outcome(Buffer.concat([packed, tail]), size)).toBe(line);
  });

  test('may be padded with zeros', async () => {
    for (const length of [1, 2, 3, 512]) {
      const padded = Buffer.concat([gzipMember(csv), new Uint8Array(length)]);
      for (const size of [1, 11, undefined]) expect(await unpacked(padded, size)).toBe(csv);
    }
  });

  test.for<[string, (bytes: Uint8Array) => void, string]>([
    [
      'checksum',
      (b) => {
        b[b.length - 8]! ^= 1;
      },
      'E_GZIP_CRC: val.csv.gz: checksum does not match at byte AT-8; the file is damaged.',
    ],
    [
      'length',
      (b) => {
        b[b.length - 1]! ^= 1;
      },
      'E_GZIP_CRC: val.csv.gz: length does not match at byte AT-4; the file is damaged.',
    ],
    [
      'method',
      (b) => {
        b[2] = 7;
      },
      'E_GZIP: val.csv.gz: the gzip header at byte 0 asks for method 7; the file is damaged.',
    ],
    [
      'flags',
      (b) => {
        b[3] = 0x20;
      },
      'E_GZIP: val.csv.gz: the gzip header at byte 0 has unknown flags; the file is damaged.',
    ],
    [
      'deflate stream',
      (b) => {
        b[10] = 7;
      },
      'E_GZIP: val.csv.gz: the compressed data that begin at byte 10 do not unpack; the file is damaged.',
    ],
  ])('with a wrong %s are refused with its place', async ([, spoil, line]) => {
    const packed = Uint8Array.from(gzipMember(csv));
    spoil(packed);
    const expected = line.replace(/AT-(\d)/, (_, back) => String(packed.length - Number(back)));
    for (const size of [1, 4, undefined]) expect(await outcome(packed, size)).toBe(expected);
  });

  test('with a wrong header checksum are refused', async () => {
    expect(await outcome(gzipMember(csv, { name: 'a', headerCrc: 'wrong' }))).toBe(
      'E_GZIP_CRC: val.csv.gz: checksum does not match at byte 12; the file is damaged.',
    );
  });

  test('with a name that does not end are refused before it is all read', async () => {
    const endless = Buffer.concat([
      Uint8Array.of(0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3),
      Buffer.alloc(70_000, 65),
    ]);
    expect(await outcome(endless)).toBe(
      'E_GZIP: val.csv.gz: a name in the gzip header at byte 0 does not end; the file is damaged.',
    );
  });

  test('that swell beyond reason are refused', async () => {
    const bomb = gzipSync(new Uint8Array(68 * 1024 ** 2), { level: 1 });
    expect(await outcome(bomb)).toBe(
      'E_GZIP: val.csv.gz: the compressed data expand more than 200 times (64.1 MiB so far). Unpack it first if that is right.',
    );
  });

  test('close their source when the reader stops early, or when the source fails', async () => {
    let closed = 0;
    async function* source(fails: boolean): AsyncGenerator<Uint8Array> {
      try {
        yield* piecesOf(gzipSync(randomBytes(500_000)), 50_000);
        if (fails) throw new Error('disk gone');
      } finally {
        closed += 1;
      }
    }
    for await (const piece of gunzip(source(false), 'a.gz')) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(closed).toBe(1);
    await expect(textOf(gunzip(source(true), 'a.gz'))).rejects.toThrow('disk gone');
    expect(closed).toBe(2);
  });
});

describe('crc32', () => {
  test('has the check value of its definition', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
  });

  test("equals zlib's for every length, offset and cut of random bytes", () => {
    const bytes = randomBytes(64);
    for (let from = 0; from < 9; from += 1) {
      for (let to = from; to <= bytes.length; to += 1) {
        const part = bytes.subarray(from, to);
        expect(crc32(part)).toBe(zlibCrc32(part));
        const cut = part.length >> 1;
        expect(crc32(part.subarray(cut), crc32(part.subarray(0, cut)))).toBe(zlibCrc32(part));
      }
    }
  });
});
