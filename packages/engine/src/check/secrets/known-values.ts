import { base64Bytes, readableText, type FoundSecret } from '@fairlead/domain';

/** The secrets that files show, so that what is rendered of them is not told again. It is in no output. */
export class KnownValues {
  readonly #values = new Map<string, Set<string>>();

  add(file: string, value: string): void {
    const known = this.#values.get(file) ?? new Set();
    this.#values.set(file, known);
    for (const form of formsOf(value)) known.add(form);
  }

  /** Whether one of the files shows the value, as text or in base64. */
  has({ value }: FoundSecret, files: readonly string[]): boolean {
    const forms = formsOf(value);
    return files.some((file) => {
      const known = this.#values.get(file);
      return known !== undefined && forms.some((form) => known.has(form));
    });
  }
}

function formsOf(value: string): readonly string[] {
  const trimmed = value.trim();
  const bytes = trimmed === '' ? undefined : base64Bytes(trimmed);
  const decoded = bytes === undefined ? undefined : readableText(bytes);
  return decoded?.kind === 'text' ? [trimmed, decoded.text.trim()] : [trimmed];
}
