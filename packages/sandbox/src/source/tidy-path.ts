/** `./overlays/dev/` and `overlays/dev` are one folder, `.` is the root. */
export function tidyPath(path: string): string {
  return path
    .split('/')
    .filter((step) => step !== '' && step !== '.')
    .join('/');
}
