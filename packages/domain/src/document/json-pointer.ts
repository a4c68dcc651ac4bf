export type JsonPath = readonly (string | number)[];

/** The RFC 6901 form: `/spec/checks/0/name`, `''` for the whole document. */
export function jsonPointer(path: JsonPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The form for people: `spec.checks[0].name`; a name that would be misread is quoted. */
export function pathForPeople(path: JsonPath): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${String(step)}]`;
    return /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return steps.join('').replace(/^\./, '');
}

/** What is said of a part, as one sentence: `source.commit is missing`, `count: expected a number`. */
export function saidOf(path: JsonPath, what: string): string {
  const name = pathForPeople(path) || 'the document';
  return what.startsWith('is ') ? `${name} ${what}` : `${name}: ${what}`;
}
