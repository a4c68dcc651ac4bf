import type { Extractor } from '../scan-hit.ts';
import { commandLines } from './command-lines.ts';
import { kubeconfigs } from './kubeconfigs.ts';
import { kustomizationSecrets } from './kustomization-secrets.ts';
import { namedFields } from './named-fields.ts';
import { nestedTexts } from './nested-texts.ts';
import { sealedSecrets } from './sealed-secrets.ts';
import { secretObjects } from './secret-objects.ts';
import { secretStores } from './secret-stores.ts';
import { sopsDocuments } from './sops-documents.ts';
import { substitutions } from './substitutions.ts';

/** All of them, what says most of a value first. */
export const extractors: readonly Extractor[] = [
  secretObjects,
  sopsDocuments,
  sealedSecrets,
  secretStores,
  kubeconfigs,
  kustomizationSecrets,
  commandLines,
  substitutions,
  namedFields,
  nestedTexts,
];
