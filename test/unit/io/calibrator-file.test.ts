import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertUsable, fitTemperature } from '../../../src/calibrators/index.ts';
import { CalibrationError } from '../../../src/core/errors.ts';
import type { TemperatureModel } from '../../../src/core/temperature-model.ts';
import {
  type CalibratorFile,
  type CalibratorProvenance,
  checkCalibratorFits,
  readCalibrator,
  writeCalibrator,
} from '../../../src/io/index.ts';
import { jsonText } from '../../../src/io/json-text.ts';
import { sha256Text } from '../../../src/io/sha-256.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../../src/io/calibrator.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

const provenance: CalibratorProvenance = {
  classNames: ['cat', 'dog', 'fox'],
  namedClasses: true,
  dataHash: 'a1'.repeat(32),
  file: 'val.csv',
  toolVersion: '0.1.0',
};

/** A provenance with every part of a treatment. */
const treated: CalibratorProvenance = {
  ...provenance,
  treatment: {
    scale: 'percent',
    clipped: { cells: 2, rows: 1, largest: 2.2e-16 },
    renormalized: { rows: 4, largest: 0.004 },
    floor: { value: 0.005, cells: 7, rows: 3, trueCells: 1 },
    dropped: { rows: 2 },
    ignored: { label: '-100', rows: 5 },
    joined: { column: 'id' },
    classNames: 'given',
    labelBase: 1,
    weight: 'w',
    expanded: 'one-column',
  },
  floors: [
    { floor: 0.0005, temperature: 1.2 },
    { floor: 0.05, temperature: null },
  ],
};

/** The contents of a file as version 1 of the format wrote them. */
function version1(): string {
  return changed((contents) => {
    contents['$schema'] = 'urn:calibrant:calibrator:1';
    contents['version'] = 1;
  });
}

function fitted(options: Parameters<typeof fitTemperature>[2] = {}): CalibratorFile['model'] {
  const logits = [
    [4, 0, 1],
    [0, 3, 1],
    [1, 0, 2],
    [2, 1, 0],
    [0, 1, 4],
  ];
  const model: TemperatureModel = fitTemperature(logits, [0, 1, 2, 1, 2], options);
  assertUsable(model);
  return model;
}

type Json = { [key: string]: unknown };

/** A file's contents after a change, with the checksum made to fit again. */
function changed(change: (contents: Json) => void, origin = provenance): string {
  const contents = JSON.parse(writeCalibrator(fitted(), origin)) as Json;
  change(contents);
  const { checksum: _, ...rest } = contents;
  if (Object.hasOwn(contents, 'checksum')) {
    contents['checksum'] = `sha256:${sha256Text(jsonText(rest as Parameters<typeof jsonText>[0]))}`;
  }
  return JSON.stringify(contents);
}

function messageOf(text: string): string {
  try {
    readCalibrator(text, { file: 'c.json' });
    return 'accepted';
  } catch (error) {
    if (error instanceof CalibrationError) return error.message;
    throw error;
  }
}

describe('a calibrator file', () => {
  test.for<[string, CalibratorFile['model']]>([
    ['a certified optimum', fitted()],
    ['a bound', fitted({ bounds: [0.01, 0.02] })],
    ['weights', fitted({ weights: [1, 0.5, 2, 1, 0.25] })],
  ])('holds %s to the last bit and meets its schema', ([, model]) => {
    const text = writeCalibrator(model, provenance);
    expect(readCalibrator(text)).toEqual({ model, provenance });
    validate(JSON.parse(text));
    expect(validate.errors).toBeNull();
    expect(writeCalibrator(model, provenance)).toBe(text);
  });

  test('holds what was done to the numbers, part by part', () => {
    const text = writeCalibrator(fitted(), treated);
    expect(readCalibrator(text).provenance).toEqual(treated);
    validate(JSON.parse(text));
    expect(validate.errors).toBeNull();
    for (const [part, value] of Object.entries(treated.treatment!)) {
      const one = { ...provenance, treatment: { [part]: value } };
      expect(readCalibrator(writeCalibrator(fitted(), one)).provenance).toEqual(one);
    }
  });

  test('of version 1 is read, and holds no treatment', () => {
    expect(readCalibrator(version1())).toEqual({ model: fitted(), provenance });
    validate(JSON.parse(version1()));
    expect(validate.errors).toBeNull();
    const later = JSON.parse(version1()) as Json;
    later['treatment'] = {};
    expect(messageOf(JSON.stringify(later))).toBe(
      'E_MODEL_FIELD: c.json: unknown field "treatment" in version 1.',
    );
    expect(validate(later)).toBe(false);
  });

  test('names the schema of its version', () => {
    const text = changed((contents) => {
      contents['version'] = 1;
    });
    expect(messageOf(text)).toBe(
      'E_MODEL_FIELD: c.json: "$schema" must be that of version 1, got "urn:calibrant:calibrator:2".',
    );
    expect(validate(JSON.parse(text))).toBe(false);
  });

  test('holds any temperature and any names', () => {
    const name = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 2, maxLength: 5 }),
        fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true }),
        (classNames, temperature) => {
          const model = { ...fitted(), classes: classNames.length, temperature };
          const file = { model, provenance: { ...provenance, classNames } };
          expect(readCalibrator(writeCalibrator(model, file.provenance))).toEqual(file);
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });

  test('is refused where a byte is missing at its end', () => {
    const text = writeCalibrator(fitted(), provenance).trimEnd();
    for (let length = 0; length < text.length; length += 1) {
      expect(messageOf(text.slice(0, length))).toMatch(/^E_MODEL_JSON: c\.json is (empty|not whole JSON)/);
    }
  });

  test('is refused where any digit is another', () => {
    const text = writeCalibrator(fitted(), provenance);
    const digits = [...text.matchAll(/\d/g)].map(({ index }) => index);
    expect(digits.length).toBeGreaterThan(200);
    for (const at of digits) {
      const other = String((Number(text[at]) + 1) % 10);
      const damaged = text.slice(0, at) + other + text.slice(at + 1);
      const message = messageOf(damaged);
      // The last digit of a number may be beyond what a double holds: then nothing has changed.
      if (message === 'accepted') expect(JSON.parse(damaged)).toEqual(JSON.parse(text));
      else expect(message, `digit ${at}`).toMatch(/^E_MODEL_(CHECKSUM|FIELD|VERSION|JSON): /);
    }
  });

  test('is refused by one rule, that of the schema', () => {
    const contents = JSON.parse(writeCalibrator(fitted(), treated)) as Json;
    const values = [null, true, 0, -1, 1.5, '', 'x', [], {}, [1, 2, 3], ['a', 'b']];
    let compared = 0;
    const visit = (record: Json, path: readonly string[]): void => {
      for (const key of Object.keys(record)) {
        if (key === 'checksum') continue;
        const at = (root: Json): Json => path.reduce((inner, step) => inner[step] as Json, root);
        const texts = [
          changed((root) => {
            delete at(root)[key];
          }, treated),
          changed((root) => {
            at(root)['surplus'] = 1;
          }, treated),
          ...values.map((value) =>
            changed((root) => {
              at(root)[key] = value;
            }, treated),
          ),
        ];
        for (const text of texts) {
          const message = messageOf(text);
          // What joins fields is beyond a schema: names against classes, and the two numbers of classes.
          const joined = /names for|has a name twice|as "classes" is/.test(message);
          if (joined) continue;
          compared += 1;
          const accepted = message === 'accepted';
          expect({ text, accepted: validate(JSON.parse(text)) }).toEqual({ text, accepted });
        }
        const inner = record[key];
        if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
          visit(inner as Json, [...path, key]);
        }
      }
    };
    visit(contents, []);
    expect(compared).toBeGreaterThan(300);
  });

  test.for<[string, (contents: Json) => void, string]>([
    [
      'another format of it',
      (root) => {
        root['version'] = 99;
      },
      'E_MODEL_VERSION: c.json has format 99; this release reads 1 and 2.',
    ],
    [
      'a temperature below 0',
      (root) => {
        root['temperature'] = -1;
      },
      'E_MODEL_FIELD: c.json: "temperature" must be a finite number above 0, got -1.',
    ],
    [
      'a field that is not known',
      (root) => {
        root['extra'] = 1;
      },
      'E_MODEL_FIELD: c.json: unknown field "extra".',
    ],
    [
      'a field that is missing',
      (root) => {
        delete root['classes'];
      },
      'E_MODEL_FIELD: c.json: "classes" is missing.',
    ],
    [
      'names for other classes',
      (root) => {
        root['classNames'] = ['cat', 'dog'];
      },
      'E_MODEL_FIELD: c.json: "classNames" has 2 names for 3 classes.',
    ],
    [
      'a name twice',
      (root) => {
        root['classNames'] = ['cat', 'dog', 'cat'];
      },
      'E_MODEL_FIELD: c.json: "classNames" has a name twice.',
    ],
    [
      'another kind of file',
      (root) => {
        root['format'] = 'lightgbm';
      },
      'E_MODEL_JSON: c.json is not a calibrator: its "format" is not "calibrant-calibrator".',
    ],
  ])('says what is wrong: %s', ([, change, line]) => {
    expect(messageOf(changed(change))).toBe(line);
  });

  test('says when it was edited', () => {
    const text = writeCalibrator(fitted(), provenance).replace('"cat"', '"cow"');
    expect(messageOf(text)).toBe(
      'E_MODEL_CHECKSUM: c.json: the checksum does not match the contents, so the file is damaged or was edited. Fit again, or restore the original file.',
    );
  });

  test('does not reach for prototypes', () => {
    const hostile = changed(() => undefined).replace('{', '{"__proto__": {"temperature": 9}, ');
    expect(messageOf(hostile)).toBe('E_MODEL_FIELD: c.json: unknown field "__proto__".');
    expect(messageOf('{"format": {"__proto__": 1}}')).toMatch(/^E_MODEL_JSON: /);
    expect(messageOf('null')).toMatch(/^E_MODEL_JSON: /);
    expect(messageOf('[]')).toMatch(/^E_MODEL_JSON: /);
    expect(({} as Json)['temperature']).toBeUndefined();
  });

  test('may start with a byte order mark', () => {
    expect(readCalibrator(`\ufeff${writeCalibrator(fitted(), provenance)}`).provenance).toEqual(provenance);
  });

  test('is not written without a temperature or with names of other classes', () => {
    const separable = fitTemperature(
      [
        [3, 0],
        [0, 2],
      ],
      [0, 1],
    );
    expect(() => writeCalibrator(separable, { ...provenance, classNames: ['a', 'b'] })).toThrow(
      /^E_MODEL_FIELD: "temperature" must be a finite number above 0, got null\.$/,
    );
    expect(() => writeCalibrator(fitted(), { ...provenance, classNames: ['a', 'b'] })).toThrow(
      /^E_MODEL_FIELD: /,
    );
  });
});

describe('a calibrator and the data it is applied to', () => {
  const file = { model: fitted(), provenance };
  const data = {
    kind: 'logits' as const,
    scores: { data: new Float64Array(6), rows: 2, columns: 3 },
    classNames: ['cat', 'dog', 'fox'],
    namedClasses: true,
  };

  test('belong together by kind, number and order of classes', () => {
    expect(checkCalibratorFits(file, data)).toEqual([]);
    expect(checkCalibratorFits(file, { ...data, classNames: ['p_cat', 'p_dog', 'p_fox'] })).toEqual([]);
    expect(() => checkCalibratorFits(file, { ...data, kind: 'probabilities' })).toThrow(
      'E_MODEL_KIND: the model was fitted on logits, the data are declared as probabilities. Pass --input logits if that is what they are.',
    );
    const wide = { data: new Float64Array(8), rows: 2, columns: 4 };
    expect(() => checkCalibratorFits(file, { ...data, scores: wide })).toThrow(
      'E_MODEL_CLASSES: model has 3 classes, the data has 4 columns.',
    );
    expect(() => checkCalibratorFits(file, { ...data, classNames: ['cat', 'fox', 'dog'] })).toThrow(
      'E_MODEL_ORDER: class 2 is "dog" in the model and "fox" in the data.',
    );
  });

  test('cannot be compared when only one names its classes', () => {
    const [notice] = checkCalibratorFits(file, { ...data, namedClasses: false });
    expect(notice?.code).toBe('W_MODEL_UNNAMED_CLASSES');
  });
});
