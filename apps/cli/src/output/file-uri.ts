/** A path from the root as a relative URI reference, whatever its name holds. */
export function fileUri(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
