import { describe, expect, it } from 'vitest';

import { requireVariableNames, substitute } from './substitute.ts';

const variables = new Map([
  ['NAME', 'web'],
  ['EMPTY', ''],
]);

describe('substitute', () => {
  it.each([
    ['${NAME}', 'web'],
    ['a-${NAME}-b', 'a-web-b'],
    ['$${NAME}', '${NAME}'],
    ['$NAME', '$NAME'],
    ['${NONE:=x}', 'x'],
    ['${NONE:-x y}', 'x y'],
    ['${NONE-x}', 'x'],
    ['${EMPTY:=x}', 'x'],
    ['${EMPTY=x}', ''],
    ['${EMPTY}', ''],
  ])('makes of %s: %s', (text, result) => {
    expect(substitute(text, variables)).toBe(result);
  });

  it('refuses what has neither a value nor a default, and what it does not understand', () => {
    expect(() => substitute('${NONE}', variables)).toThrow('variable not set (strict mode): "NONE"');
    expect(() => substitute('${NAME//a/b}', variables)).toThrow('unable to parse variable name');
  });

  it('refuses names that a shell would not have', () => {
    expect(() => {
      requireVariableNames(new Map([['a-b', '']]));
    }).toThrow("'a-b' var name is invalid, must match '^[_[:alpha:]][_[:alpha:][:digit:]]*$'");
  });
});
