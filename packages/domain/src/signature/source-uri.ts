/** A source as builders name it. `repository` is its address without the scheme's `git+`, a ref, or a `.git` at the end. */
export interface SourceUri {
  readonly repository: string;
  readonly ref?: string;
}

/** `git+https://host/path@refs/heads/main` (SLSA), `https://host/path.git#refs/heads/main` (BuildKit), or a plain address. */
export function readSourceUri(uri: string): SourceUri {
  const [, address = '', ref] = /^(?:git\+)?([^#@]*(?:@(?!refs\/)[^#@]*)?)(?:[#@](.+))?$/.exec(uri) ?? [undefined, uri];
  return { repository: address.replace(/\/$/, '').replace(/\.git$/, ''), ...(ref === undefined ? {} : { ref }) };
}
