import { Digest } from '@fairlead/domain';

/** The digest in a container status' `imageID`: `repo@sha256:…`, `docker-pullable://repo@sha256:…`, `sha256:…`; none while nothing is pulled. */
export function digestOfImageId(imageId: string): Digest | undefined {
  const [found] = /sha256:[0-9a-f]{64}$/.exec(imageId) ?? [];
  return found === undefined ? undefined : Digest.parse(found);
}
