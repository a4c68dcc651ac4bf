/** `/api/v1/namespaces/shop/pods/web-0/status`, taken apart. */
export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
}

export function parseResourcePath(path: string): ResourcePath | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  const [root, ...rest] = parts.map(decoded);
  if (root === 'api') return inVersion({ group: '', version: rest[0] ?? '' }, rest.slice(1));
  if (root === 'apis') return inVersion({ group: rest[0] ?? '', version: rest[1] ?? '' }, rest.slice(2));
  return undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

type GroupVersion = Pick<ResourcePath, 'group' | 'version'>;

function inVersion(groupVersion: GroupVersion, parts: readonly string[]): ResourcePath | undefined {
  const [first, namespace, plural, ...rest] = parts;
  if (first === 'namespaces' && namespace !== undefined && plural !== undefined && !namespaceSubresources.includes(plural)) {
    return named({ ...groupVersion, namespace, plural }, rest);
  }
  return first === undefined ? undefined : named({ ...groupVersion, plural: first }, parts.slice(1));
}

/** `/namespaces/shop/status` is the status of a namespace, not a kind of object in one. */
const namespaceSubresources = ['status', 'finalize'];

function named(path: ResourcePath, parts: readonly string[]): ResourcePath | undefined {
  const [name, subresource, ...more] = parts;
  if (more.length > 0) return undefined;
  return { ...path, ...(name !== undefined && { name }), ...(subresource !== undefined && { subresource }) };
}
