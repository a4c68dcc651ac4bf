/** Whether two spellings name one folder of a repository: `./overlays/dev/` and `overlays/dev`; the root is `.`, `/` or empty. */
export function sameFolder(one: string, other: string): boolean {
  return segments(one) === segments(other);
}

function segments(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  return kept.join('/');
}
