import type { RepoPath } from '../document/repo-path.ts';
import type { DocumentLines } from '../document/document-lines.ts';
import type { Digest } from '../evidence/digest.ts';
import type { ReleaseManifestRef } from '../release/release-manifest-ref.ts';
import type { ReleaseManifest } from '../release/release-manifest.ts';
import type { FoundFault } from './finding.ts';
import type { Rule } from './rule.ts';

/** A reference that could be read, where it stands, and what is at the place that it names. */
export interface ReferenceToCheck {
  readonly service: string;
  readonly ref: ReleaseManifestRef;
  readonly file: RepoPath;
  readonly lines: DocumentLines;
  /** `invalid`: a file is there but no manifest; it has findings of its own. `elsewhere`: a registry keeps it. */
  readonly manifest:
    | { readonly kind: 'found'; readonly value: ReleaseManifest; readonly digest: Digest }
    | { readonly kind: 'absent' | 'invalid' | 'elsewhere' };
  /** Releases that the service root has, to name in a fix. */
  readonly known: readonly string[];
}

/** Whether the reference names exactly one release that is there and is what it says. */
export function checkReleaseRef(reference: ReferenceToCheck): readonly FoundFault[] {
  const { service, ref, manifest } = reference;
  const faults: FoundFault[] = [];
  if (ref.service !== service) {
    const fix = `set service to ${service}`;
    faults.push(
      fault(reference, {
        rule: 'release-ref-invalid',
        pointer: '/service',
        message: `the reference is for service ${ref.service}, this root is ${service}`,
        fix,
      }),
    );
  }
  if (manifest.kind === 'absent') faults.push(unknownRelease(reference));
  if (manifest.kind === 'found') faults.push(...contradictions(reference, manifest));
  return faults;
}

function unknownRelease(reference: ReferenceToCheck): FoundFault {
  const { ref, known } = reference;
  const message = `release ${ref.release} is not known: there is no ${ref.manifest}`;
  const fix =
    known.length === 0
      ? 'add the manifest of the release there'
      : `add its manifest there, or refer to a release that is: ${known.join(', ')}`;
  return fault(reference, { rule: 'release-unknown', pointer: '/manifest', message, fix });
}

function contradictions(
  reference: ReferenceToCheck,
  { value, digest }: { readonly value: ReleaseManifest; readonly digest: Digest },
): readonly FoundFault[] {
  const { ref } = reference;
  const faults: FoundFault[] = [];
  if (digest !== ref.release) {
    const message = `the reference names ${ref.release}, but ${ref.manifest} is ${digest}`;
    faults.push(
      fault(reference, {
        rule: 'release-digest-mismatch',
        pointer: '/release',
        message,
        fix: 'restore the manifest, which never changes, or correct release',
      }),
    );
  }
  if (value.metadata.service !== ref.service) {
    const message = `the manifest is of service ${value.metadata.service}`;
    faults.push(
      fault(reference, { rule: 'release-ref-invalid', pointer: '/manifest', message, fix: `refer to a release of ${ref.service}` }),
    );
  }
  for (const field of ['repository', 'commit'] as const) {
    if (value.source[field] === ref.source[field]) continue;
    const message = `source.${field} is ${ref.source[field]}, the manifest was built from ${value.source[field]}`;
    faults.push(
      fault(reference, { rule: 'release-ref-invalid', pointer: `/source/${field}`, message, fix: `set it to ${value.source[field]}` }),
    );
  }
  return faults;
}

interface Said {
  readonly rule: Rule;
  readonly pointer: string;
  readonly message: string;
  readonly fix: string;
}

function fault({ file, lines }: ReferenceToCheck, said: Said): FoundFault {
  return { ...said, file, ...lines.valueAt(said.pointer) };
}
