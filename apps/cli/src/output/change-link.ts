/** Where a person opens a change of a branch on the forge that a repository is on; `undefined` where that is none that we know. */
export function changeLink(origin: string, { branch, target }: { readonly branch: string; readonly target: string }): string | undefined {
  const found = /^(?:https?:\/\/|ssh:\/\/)?(?:[^/@]+@)?([^/:]+)(?::\d+)?[:/](.+?)(?:\.git)?\/?$/.exec(origin);
  const [, host = '', path = ''] = found ?? [];
  const encoded = encodeURIComponent(branch);
  if (/(^|\.)github\./.test(host)) return `https://${host}/${path}/compare/${target}...${branch}?expand=1`;
  if (/(^|\.)gitlab\./.test(host)) {
    return `https://${host}/${path}/-/merge_requests/new?merge_request%5Bsource_branch%5D=${encoded}&merge_request%5Btarget_branch%5D=${target}`;
  }
  return /(^|\.)(codeberg|gitea|forgejo)\./.test(host) ? `https://${host}/${path}/compare/${target}...${branch}` : undefined;
}
