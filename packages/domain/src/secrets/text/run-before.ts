/** Where the run of letters of one kind begins that ends before `at`; it looks at so many of them at most. A regular expression that ends in `$`
 *  would begin anew at each letter. */
export function runBefore(text: string, at: number, { letter, most }: { readonly letter: RegExp; readonly most: number }): number {
  let start = at;
  while (start > 0 && at - start < most && letter.test(text.charAt(start - 1))) start -= 1;
  return start;
}
