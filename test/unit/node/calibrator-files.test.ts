import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { assertUsable, fitTemperature } from '../../../src/calibrators/index.ts';
import type { CalibratorFile } from '../../../src/io/index.ts';
import { loadCalibrator, saveCalibrator, toolVersion } from '../../../src/node/index.ts';
import { refusal, testOutput } from './test-output.ts';

let folder: string;
let path: string;
beforeEach(() => {
  ({ folder } = testOutput());
  path = join(folder, 'calibrator.json');
});

function calibrator(): CalibratorFile {
  const model = fitTemperature(
    [
      [3, 0],
      [0, 2],
      [1, 0],
      [2, 0],
    ],
    [0, 1, 1, 0],
  );
  assertUsable(model);
  const classNames = ['chat', 'こいぬ'];
  return { model, provenance: { classNames, namedClasses: true, dataHash: '0'.repeat(64), toolVersion } };
}

describe('a calibrator file', () => {
  test('holds what was saved, to the last bit', async () => {
    const saved = calibrator();
    await saveCalibrator(path, saved);
    expect(await loadCalibrator(path)).toEqual(saved);
  });

  test('is the same for the same fit', async () => {
    await saveCalibrator(path, calibrator());
    const first = readFileSync(path);
    await saveCalibrator(path, calibrator(), { force: true });
    expect(readFileSync(path).equals(first)).toBe(true);
  });

  test('is not written over without force', async () => {
    writeFileSync(path, 'theirs');
    expect(await refusal(saveCalibrator(path, calibrator()), folder)).toBe(
      'E_OUT_EXISTS: calibrator.json exists; pass --force.',
    );
    expect(readFileSync(path, 'utf8')).toBe('theirs');
  });

  test('may be packed', async () => {
    const saved = calibrator();
    await saveCalibrator(path, saved);
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
    expect(await loadCalibrator(`${path}.gz`)).toEqual(saved);
  });

  test('that is missing is named with the nearest file', async () => {
    await saveCalibrator(path, calibrator());
    expect(await refusal(loadCalibrator(join(folder, 'calibrater.json')), folder)).toMatch(
      /^E_IN_MISSING: there is no file "calibrater\.json"; did you mean ".*calibrator\.json"\?$/,
    );
  });

  test.for<[string, string | Uint8Array, RegExp]>([
    ['is empty', '', /^E_MODEL_JSON: calibrator\.json is empty\.$/],
    ['is a table', 'a,b,label\n1,2,0\n', /^E_MODEL_JSON: calibrator\.json is not whole JSON/],
    [
      'is other JSON',
      '{"format": "other"}',
      /^E_MODEL_JSON: calibrator\.json is not a calibrator: its "format"/,
    ],
    [
      'is no text',
      Uint8Array.of(0x7b, 0xff, 0x7d),
      /^E_MODEL_JSON: calibrator\.json is not a calibrator: it is no UTF-8 text\.$/,
    ],
  ])('that %s is refused', async ([, contents, line]) => {
    writeFileSync(path, contents);
    expect(await refusal(loadCalibrator(path), folder)).toMatch(line);
  });

  test('means what was saved or is refused, whatever byte is changed or wherever it is cut off', async () => {
    const saved = calibrator();
    await saveCalibrator(path, saved);
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length - 1; at += 5) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 1;
      writeFileSync(path, damaged);
      const outcome = await loadCalibrator(path).catch((error: Error) => error.message);
      if (typeof outcome === 'string') expect(outcome).toMatch(/^E_MODEL_/);
      else expect(outcome).toEqual(saved);
      writeFileSync(path, whole.subarray(0, at));
      expect(await refusal(loadCalibrator(path), folder)).toMatch(/^E_MODEL_JSON: /);
    }
  });

  test('too large to be one is refused before it is all read', async () => {
    writeFileSync(path, gzipSync(Buffer.alloc(66 * 1024 ** 2, ' '), { level: 0 }));
    expect(await refusal(loadCalibrator(path), folder)).toBe(
      'E_MODEL_JSON: calibrator.json is too large to be a calibrator.',
    );
  });
});
