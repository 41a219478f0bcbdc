import { describe, expect, test } from 'vitest';
import { csvFixtures, outcomeOf, readFixture } from './csv-fixtures.ts';

const fixtures = csvFixtures();

describe('every CSV fixture', () => {
  test('there are as many as there should be', () => {
    expect(fixtures.length).toBeGreaterThan(100);
  });

  test.each(fixtures.map((fixture) => [fixture.name, fixture] as const))(
    '%s reads as its pair says',
    (_, fixture) => {
      expect(outcomeOf(() => readFixture(fixture))).toEqual(fixture.expected);
    },
  );
});
