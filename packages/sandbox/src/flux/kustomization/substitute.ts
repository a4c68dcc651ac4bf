/** Why a variable can't be replaced, in the words of the controller. */
export class SubstitutionError extends Error {}

/**
 * Replaces `${NAME}` and the forms with a default (`:=`, `:-`, `=`, `-`) in a text; `$${NAME}` stays, as `${NAME}`. A variable without a
 * value and without a default is an error. The other forms of the shell (slices, replacements, case) are refused.
 */
export function substitute(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$(\$?)\{([^}]*)\}/g, (whole, escaped: string, expression: string) => {
    if (escaped !== '') return whole.slice(1);
    const [, name = '', operator = '', fallback = ''] = /^([_A-Za-z][_A-Za-z0-9]*)(?:(:?[=-])(.*))?$/s.exec(expression) ?? [];
    if (name === '') throw new SubstitutionError(`variable substitution failed: unable to parse variable name: \${${expression}}`);
    return valueOf({ name, operator, fallback }, variables.get(name));
  });
}

interface Variable {
  readonly name: string;
  readonly operator: string;
  readonly fallback: string;
}

function valueOf({ name, operator, fallback }: Variable, value: string | undefined): string {
  if (operator === '' && value === undefined) {
    throw new SubstitutionError(`variable substitution failed: variable not set (strict mode): "${name}"`);
  }
  const isUnset = value === undefined || (value === '' && operator.startsWith(':'));
  return isUnset ? fallback : value;
}

const nameForm = /^[_A-Za-z][_A-Za-z0-9]*$/;

export function requireVariableNames(variables: ReadonlyMap<string, string>): void {
  for (const name of variables.keys()) {
    if (nameForm.test(name)) continue;
    throw new SubstitutionError(`'${name}' var name is invalid, must match '^[_[:alpha:]][_[:alpha:][:digit:]]*$'`);
  }
}
