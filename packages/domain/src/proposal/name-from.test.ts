import { expect, it } from 'vitest';
import { nameFrom } from './name-from.ts';

it.each([
  ['shop', 'shop'],
  ['My Shop_v2', 'my-shop-v2'],
  ['--edge--', 'edge'],
  ['a-folder-with-a-name-of-30-chars-and-more', 'a-folder-with-a-name-of-30-cha'],
  [`${'a'.repeat(29)}-and-the-rest`, 'a'.repeat(29)],
  ['料理', 'service'],
  ['', 'service'],
])('%j is called %s', (text, name) => {
  expect(nameFrom(text, 'service')).toBe(name);
});
