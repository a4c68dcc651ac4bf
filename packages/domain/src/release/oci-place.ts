import { ImageRepository } from './image-ref.ts';

/** A place in a registry as people write it: `oci://repository`, with a tag or a digest behind it. */
export interface OciPlace {
  readonly repository: ImageRepository;
  /** `sha256:…` */
  readonly digest?: string;
  readonly tag?: string;
}

/** `undefined`: the text is no such place. */
export function readOciPlace(text: string): OciPlace | undefined {
  const [, name = '', digest] = /^oci:\/\/([^\s@]+)(?:@(sha256:[0-9a-f]{64}))?$/.exec(text) ?? [];
  // A colon before the last slash is a port's.
  const [, repository = name, tag] = /^(.*):(\w[\w.-]{0,127})$/.exec(name) ?? [];
  const parsed = ImageRepository.safeParse(repository);
  if (!parsed.success || (digest !== undefined && tag !== undefined)) return undefined;
  return { repository: parsed.data, ...(digest === undefined ? {} : { digest }), ...(tag === undefined ? {} : { tag }) };
}
