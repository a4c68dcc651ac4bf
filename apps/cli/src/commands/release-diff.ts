import { diffReleases, type ReleaseChange } from '@fairlead/domain';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { readManifest } from '../local/read-manifest.ts';
import { printList, type Listing } from '../output/print.ts';

export const run: Run = async ({ terminal, args: [before = '', after = ''], format }) => {
  const [one, other] = [await readManifest(terminal, before), await readManifest(terminal, after)];
  const items = diffReleases(one.manifest, other.manifest);
  const document = { apiVersion: 'fairlead.dev/v1', kind: 'ReleaseDiff', before: one.digest, after: other.digest, items } as const;
  printList(terminal, format, { document, listing });
  return items.length === 0 ? exitCode.done : exitCode.contentSaysNo;
};

const none = '';

const listing: Listing<ReleaseChange> = {
  name: ({ part, name }) => (name === undefined ? part : `${part}/${name}`),
  empty: 'no difference: they are one release',
  columns: [
    { title: 'part', of: ({ part, name }) => (name === undefined ? part : `${part} ${name}`) },
    { title: 'before', of: ({ before }) => before ?? none },
    { title: 'after', of: ({ after }) => after ?? none },
  ],
};
