import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../document/json.ts';
import { goDuration } from './go-duration.ts';
import { quantityText } from './quantity.ts';
import { isSameScalar } from './same-scalar.ts';
import type { ScalarFormat } from './tables/object-schema.ts';

describe('two spellings of a scalar', () => {
  it.each<[ScalarFormat | undefined, Json, Json, boolean]>([
    ['quantity', '0.5', '500m', true],
    ['quantity', 0.5, '500m', true],
    ['quantity', '1Gi', '1024Mi', true],
    ['quantity', '0.125Gi', '128Mi', true],
    ['quantity', '1e3', '1k', true],
    ['quantity', '123E2', '12300', true],
    ['quantity', '-1.50', '-1500m', true],
    ['quantity', '+1', 1, true],
    ['quantity', '0', '0Mi', true],
    ['quantity', '9007199254740993', '9007199254740992', false],
    ['quantity', '1G', '1Gi', false],
    ['quantity', '1', '-1', false],
    ['quantity', 'x', 'y', false],
    ['quantity', '.', '', false],
    // Searched for its zeros, it would take hours.
    ['quantity', '1', `1${'0'.repeat(1 << 20)}1`, false],
    ['int-or-string', 8080, '8080', true],
    ['int-or-string', '25%', '25%', true],
    ['int-or-string', 25, '25%', false],
    ['base64', 'Zm9v\nYmFy', 'Zm9vYmFy', true],
    ['base64', 'Zm9v', 'YmFy', false],
    ['time', '2026-11-23T15:00:00Z', '2026-11-23T16:00:00+01:00', true],
    ['time', '2026-11-23T15:00:00Z', '2026-11-23T15:00:01Z', false],
    ['time', 'soon', 'later', false],
    ['duration', '1h0m0s', '60m', true],
    ['duration', '1.5s', '1500ms', true],
    ['duration', '-1s', '1s', false],
    ['duration', '0', '0s', true],
    ['duration', '1 hour', '1h', false],
    [undefined, 1, '1', false],
    [undefined, 'a', 'a', true],
    ['quantity', true, '1', false],
  ])('as %s: %j and %j', (format, one, ...[other, same]) => {
    expect(isSameScalar(one, other, format)).toBe(same);
    expect(isSameScalar(other, one, format)).toBe(same);
  });

  it('of a quantity are told from other quantities by value alone', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (one, other) => {
        expect(quantityText(`${String(one)}m`) === quantityText(`${String(other)}000u`)).toBe(one === other);
      }),
    );
  });
});

it.each([
  ['', undefined],
  ['1', undefined],
  ['s', undefined],
  ['1h30m', 5.4e12],
  ['100us', 1e5],
  ['1µs2ns', 1002],
])('reads %j as Go does', (text, duration) => {
  expect(goDuration(text)).toBe(duration);
});
