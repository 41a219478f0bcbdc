import { expect, test } from 'vitest';
import { escapeMarkup } from '../../../src/report/escape-markup.ts';
import { hostileNames } from './hostile-names.ts';
import { readMarkup, textOf } from './markup-reader.ts';

test('every character that means something in markup is escaped', () => {
  expect(escapeMarkup(`<a b="c" d='e'>&amp;</a>`)).toBe(
    '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;&lt;/a&gt;',
  );
});

test.each(hostileNames)('%j is read back as text and as an attribute', (name) => {
  const escaped = escapeMarkup(name);
  const [element] = readMarkup(`<p title="${escaped}">${escaped}</p>`).children;
  if (typeof element !== 'object') throw new Error('the element is lost');
  const shown = textOf(element);
  expect(element.attributes.get('title')).toBe(shown);
  expect(element.children.every((child) => typeof child === 'string')).toBe(true);
  expect(
    shown.replaceAll(/\\u([0-9A-F]{4})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
  ).toBe(name);
});
