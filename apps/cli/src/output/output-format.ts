/** What every command can print; a document has no table and falls back to text. */
export const outputFormats = ['table', 'wide', 'json', 'yaml', 'name', 'md', 'jsonl'] as const;
export type OutputFormat = (typeof outputFormats)[number];
