/** Whether the text is of the form; `*` is any run of letters, `?` any one. In time linear in pattern times text, whatever the pattern. */
export function matchesGlob(pattern: string, text: string): boolean {
  let [at, from] = [0, 0];
  let [star, resume] = [-1, 0];
  while (from < text.length) {
    if (at < pattern.length && pattern[at] === '*') {
      [star, resume] = [at, from];
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[from])) {
      [at, from] = [at + 1, from + 1];
    } else if (star >= 0) {
      resume += 1;
      [at, from] = [star + 1, resume];
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
