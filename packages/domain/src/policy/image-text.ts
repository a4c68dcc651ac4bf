/** An image as a manifest names it. */
export interface ImageText {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

const written =
  /^((?:[a-zA-Z0-9.-]+(?::\d+)?\/|\[[0-9a-fA-F:]+\](?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::([\w][\w.-]{0,127}))?(?:@([a-z0-9+._-]+:[0-9a-fA-F]{32,}))?$/;

/** The parts of `repository:tag@digest`; `undefined` where it is none. */
export function parseImageText(text: string): ImageText | undefined {
  const [matched, repository = '', tag, digest] = written.exec(text) ?? [];
  if (matched === undefined) return undefined;
  return { repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}
