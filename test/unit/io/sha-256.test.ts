import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { dataHash } from '../../../src/io/index.ts';
import { sha256, sha256Text } from '../../../src/io/sha-256.ts';

describe('SHA-256', () => {
  test.for([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ] as const)('of %j is that of the standard (FIPS 180-4)', ([text, digest]) => {
    expect(sha256Text(text)).toBe(digest);
  });

  test('agrees with Node at every length around the blocks, however it is fed', () => {
    const bytes = Uint8Array.from({ length: 260 }, (_, i) => (i * 37) % 251);
    for (let length = 0; length <= 260; length += 1) {
      const wanted = createHash('sha256').update(bytes.subarray(0, length)).digest('hex');
      const hash = sha256();
      for (let from = 0; from < length; from += 7)
        hash.update(bytes.subarray(from, Math.min(from + 7, length)));
      expect(hash.hex()).toBe(wanted);
    }
  });
});

describe('the fingerprint of a set', () => {
  const scores = { data: Float64Array.of(1, 2, 3, 4), rows: 2, columns: 2 };
  const labels = Int32Array.of(0, 1);

  test('is what its definition says', () => {
    const hash = createHash('sha256').update('calibrant-data-1\n');
    hash.update(Buffer.from(Float64Array.of(2, 2, 2, 0).buffer));
    hash.update(Buffer.from(scores.data.buffer)).update(Buffer.from(labels.buffer));
    expect(dataHash(scores, labels)).toBe(hash.digest('hex'));
  });

  test('does not depend on storage, and does on every number', () => {
    const narrow = { ...scores, data: Float32Array.from(scores.data) };
    const base = dataHash(scores, labels);
    expect(dataHash(narrow, labels)).toBe(base);
    const others = [
      dataHash({ ...scores, data: Float64Array.of(1, 2, 3, 5) }, labels),
      dataHash({ ...scores, rows: 1, columns: 4 }, labels),
      dataHash(scores, Int32Array.of(1, 0)),
      dataHash(scores),
      dataHash(scores, labels, Float64Array.of(1, 1)),
    ];
    expect(new Set([base, ...others]).size).toBe(6);
  });
});
