import { isMap, parseDocument } from 'yaml';
import { applySplices, type Splice } from '../desired-state/apply-splices.ts';
import type { Edit } from '../desired-state/edit.ts';
import { scalarSplices } from '../desired-state/scalar-splice.ts';
import type { RepoPath } from '../document/repo-path.ts';
import { digestOf } from '../evidence/digest.ts';
import { printReleaseManifestRef, readReleaseManifestRef, type ReleaseManifestRef } from '../release/release-manifest-ref.ts';

/** Makes `release-manifest.ref` name the release: written whole where it isn't there, else only its values, so that a person's comments
 *  stay. `not-editable`: it isn't a reference, or is written in a way that can't be changed in place. */
export function referenceEdits(path: RepoPath, text: string | undefined, wanted: ReleaseManifestRef): readonly Edit[] | 'not-editable' {
  if (text === undefined) return [{ kind: 'write', path, text: printReleaseManifestRef(wanted) }];
  const root: unknown = parseDocument(text, { logLevel: 'error' }).contents;
  const values: readonly (readonly [readonly string[], string])[] = [
    [['service'], wanted.service],
    [['release'], wanted.release],
    [['source', 'repository'], wanted.source.repository],
    [['source', 'commit'], wanted.source.commit],
    [['manifest'], wanted.manifest],
  ];
  const splices: Splice[] = [];
  for (const [keys, value] of values) {
    const found = isMap(root) ? scalarSplices(root.getIn(keys, true), value) : undefined;
    if (found === undefined) return 'not-editable';
    splices.push(...found);
  }
  const result = readReleaseManifestRef(applySplices(text, splices), path);
  if (result.kind === 'invalid' || digestOf(result.value) !== digestOf(wanted)) return 'not-editable';
  return splices.map((splice) => ({ kind: 'splice', path, ...splice }));
}
