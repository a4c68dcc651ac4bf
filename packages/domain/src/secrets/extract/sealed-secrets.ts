import { isPlaceholder } from '../placeholder.ts';
import { isPublicMaterial } from '../public-material.ts';
import { ownerOf, textOf, type Extractor } from '../scan-hit.ts';
import type { ObjectLeaves, PlacedLeaf } from '../object-leaves.ts';
import { base64Bytes } from '../base64-bytes.ts';

/** What a SealedSecret says besides its ciphertext. */
export const sealedSecrets: Extractor = ({ objects }) =>
  objects
    .filter(({ kind, group }) => kind === 'SealedSecret' && (group === 'bitnami.com' || group === ''))
    .flatMap((object) => [
      ...object.leaves.filter((placed) => isCiphertext(placed) && !isSealed(textOf(placed.leaf))).map((placed) => fake(object, placed)),
      ...object.leaves.filter((placed) => isTemplate(placed) && isClear(textOf(placed.leaf))).map((placed) => inTemplate(object, placed)),
    ]);

function isCiphertext({ rest }: PlacedLeaf): boolean {
  return rest[0] === 'spec' && (rest[1] === 'encryptedData' || rest[1] === 'data');
}

function isTemplate({ rest: [spec, template, field] }: PlacedLeaf): boolean {
  return spec === 'spec' && template === 'template' && (field === 'data' || field === 'stringData');
}

function fake(object: ObjectLeaves, { leaf, rest }: PlacedLeaf): ReturnType<Extractor>[number] {
  const key = String(rest[2] ?? 'data');
  return { rule: 'S04', leaf, message: `${key} of ${ownerOf(object)} is no ciphertext that the controller could have sealed`, object };
}

function inTemplate(object: ObjectLeaves, { leaf, rest }: PlacedLeaf): ReturnType<Extractor>[number] {
  return { rule: 'S04', leaf, message: `the template of ${ownerOf(object)} holds ${String(rest.at(-1))} in clear`, object };
}

/** The length of the wrapped key in two bytes, the key, and at least the tag of what it encrypts. */
function isSealed(text: string): boolean {
  if (text.trim() === '' || isPlaceholder(text)) return true;
  const bytes = base64Bytes(text);
  const keyLength = ((bytes?.[0] ?? 0) << 8) | (bytes?.[1] ?? 0);
  return bytes !== undefined && [128, 256, 384, 512, 1024].includes(keyLength) && bytes.length >= 2 + keyLength + 16;
}

function isClear(text: string): boolean {
  return text.trim() !== '' && !text.includes('{{') && !isPlaceholder(text) && !isPublicMaterial(text);
}
