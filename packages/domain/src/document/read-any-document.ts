import { ControlRegister } from '../control/control-register.ts';
import { HelmRender } from '../desired-state/helm-render.ts';
import { Environment } from '../environment/environment.ts';
import { PolicyExceptionDocument } from '../exception/policy-exception-document.ts';
import { Installation } from '../installation/installation.ts';
import { Policy } from '../policy/policy.ts';
import { Profile } from '../profile/profile.ts';
import { ReleaseFragment } from '../release/release-fragment.ts';
import { ReleaseManifestRef } from '../release/release-manifest-ref.ts';
import { ReleaseManifest } from '../release/release-manifest.ts';
import { Service } from '../service/service.ts';
import { ValidationPhase } from '../validation/validation-phase.ts';
import type { DocumentType } from './document-identity.ts';
import { parseDocumentOf, type Parsed, type ReadingMode } from './parse-document.ts';

export type AnyDocument =
  | ControlRegister
  | Environment
  | HelmRender
  | Installation
  | Policy
  | PolicyExceptionDocument
  | Profile
  | ReleaseFragment
  | ReleaseManifest
  | ReleaseManifestRef
  | Service
  | ValidationPhase;

/** Every kind of document, its published schema included. */
export const documentTypes: readonly DocumentType<AnyDocument>[] = [
  { kind: 'ControlRegister', schema: ControlRegister },
  { kind: 'Environment', schema: Environment },
  { kind: 'HelmRender', schema: HelmRender },
  { kind: 'Installation', schema: Installation },
  { kind: 'Policy', schema: Policy },
  { kind: 'PolicyException', schema: PolicyExceptionDocument },
  { kind: 'Profile', schema: Profile },
  { kind: 'ReleaseFragment', schema: ReleaseFragment },
  { kind: 'ReleaseManifest', schema: ReleaseManifest },
  { kind: 'ReleaseManifestRef', schema: ReleaseManifestRef },
  { kind: 'Service', schema: Service },
  { kind: 'ValidationPhase', schema: ValidationPhase },
];

/** Reads a document of whichever kind it says it is. */
export function readAnyDocument(text: string, file: string, mode?: ReadingMode): Parsed<AnyDocument> {
  return parseDocumentOf(documentTypes, { text, file }, mode);
}
