import { objectAt, textAt } from '../../json/json.ts';
import { SourceError } from '../../source/git-mirror.ts';
import { resolveReference, UnknownReferenceError } from './git-reference.ts';
import { FetchError, type SourceKind } from './source-kind.ts';

export const gitSource: SourceKind = {
  kind: 'GitRepository',
  plural: 'gitrepositories',
  failure: 'GitOperationFailed',
  async look({ mirrors }, { object }) {
    const url = textAt(object, 'spec', 'url') ?? '';
    const mirror = mirrors.of(url);
    const fail = (error: unknown): never => {
      throw fetchError(url, error);
    };
    const refs = await mirror.refs().catch(fail);
    const { commit, revision } = resolved(() => resolveReference(objectAt(object, 'spec', 'ref'), refs), fail);
    return { revision, id: commit, load: () => mirror.files(commit).catch(fail) };
  },
};

function resolved<T>(resolve: () => T, fail: (error: unknown) => never): T {
  try {
    return resolve();
  } catch (error) {
    return fail(error);
  }
}

function fetchError(url: string, error: unknown): Error {
  const prefix = `failed to checkout and determine revision: unable to clone '${url}': `;
  if (error instanceof UnknownReferenceError) return new FetchError(prefix + error.message);
  if (error instanceof SourceError) return new FetchError(prefix + error.detail);
  return error instanceof Error ? error : new Error(String(error));
}
