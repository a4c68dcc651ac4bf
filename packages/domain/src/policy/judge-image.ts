import type { ReleaseComponent } from '../release/release-component.ts';
import type { ReleaseManifest } from '../release/release-manifest.ts';
import type { Service } from '../service/service.ts';
import { parseImageText, type ImageText } from './image-text.ts';

/** What an image has to agree with. Without a service every pinned image passes, without a release no digest is compared. */
export interface ImageRules {
  readonly service?: Service;
  readonly release?: ReleaseManifest;
}

export interface ImageFault {
  readonly rule: 'image-not-pinned' | 'image-not-in-release';
  readonly because: string;
  readonly fix: string;
  /** What it should be, and whose word that is. */
  readonly digest?: string;
  readonly source?: string;
}

/** Whether exactly this image may run: pinned by digest, and the release's or declared third-party. */
export function judgeImage(text: string, rules: ImageRules): ImageFault | undefined {
  const image = parseImageText(text);
  if (image === undefined) return notPinned('is no image reference', 'write it as repository@sha256:…');
  if (!isPinned(image)) return unpinned(image, rules);
  const { service, release } = rules;
  if (service === undefined || release === undefined) return undefined;
  const expected = release.components.find((component) => component.image.repository === image.repository);
  if (expected === undefined) return judgeStranger(image, { service, release });
  return expected.image.digest === image.digest ? undefined : otherDigest(image, expected, release);
}

function otherDigest({ digest }: ImageText, { name, image }: ReleaseComponent, { metadata }: ReleaseManifest): ImageFault {
  const platform = Object.entries(image.platforms ?? {}).find(([, candidate]) => candidate === digest)?.[0];
  return {
    rule: 'image-not-in-release',
    because: `is not what release ${metadata.version} has for ${name}${platform === undefined ? '' : `: it is that for ${platform} alone`}`,
    fix: `set it to ${image.digest}, or promote the release that has this image`,
  };
}

function judgeStranger({ repository, digest = '' }: ImageText, { service, release }: Required<ImageRules>): ImageFault | undefined {
  const pinned = `${repository}@${digest}`;
  if (service.spec.thirdPartyImages.some((image) => image === pinned)) return undefined;
  const known = service.spec.thirdPartyImages.find((image) => image.startsWith(`${repository}@`));
  const because =
    known === undefined
      ? `is neither a component of release ${release.metadata.version} nor a declared third-party image`
      : `is declared as a third-party image with another digest, ${known.slice(repository.length + 1)}`;
  return { rule: 'image-not-in-release', because, fix: `if it belongs here, add ${pinned} to spec.thirdPartyImages of the service` };
}

function isPinned({ digest }: ImageText): boolean {
  return digest !== undefined && /^sha256:[0-9a-f]{64}$/.test(digest);
}

function unpinned(image: ImageText, rules: ImageRules): ImageFault {
  const { repository } = image;
  const because = whyUnpinned(image);
  const known = knownDigest(repository, rules);
  if (known === undefined) return notPinned(because, `pin it as ${repository}@sha256:…`);
  return { ...notPinned(because, `pin it as ${repository}@${known.digest}, as ${known.source} has it`), ...known };
}

function whyUnpinned({ tag, digest }: ImageText): string {
  if (digest !== undefined) return 'has a digest that is not sha256 and 64 hexadecimal digits';
  return tag === undefined
    ? 'has no digest: whatever is newest would run'
    : `has the tag ${tag} and no digest: what it stands for can change`;
}

function knownDigest(
  repository: string,
  { service, release }: ImageRules,
): { readonly digest: string; readonly source: string } | undefined {
  const component = release?.components.find(({ image }) => image.repository === repository);
  if (release !== undefined && component !== undefined)
    return { digest: component.image.digest, source: `release ${release.metadata.version}` };
  const declared = service?.spec.thirdPartyImages.find((image) => image.startsWith(`${repository}@`));
  return declared === undefined
    ? undefined
    : { digest: declared.slice(repository.length + 1), source: `service ${service?.metadata.name ?? ''}` };
}

function notPinned(because: string, fix: string): ImageFault {
  return { rule: 'image-not-pinned', because, fix };
}
