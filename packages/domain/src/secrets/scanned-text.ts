/** Any text of a repository. `path` says how to read it: `values.yaml`, `.npmrc`, `README.md`. */
export interface ScannedText {
  readonly path: string;
  readonly text: string;
}
