import { diffObjects, encodeUtf8, digestOfText, renderFault, type ObjectChange, type RepoPath } from '@fairlead/domain';
import type { FileAnswer, FileSnapshot } from '../ports/file-snapshot.ts';
import type { Renderer, RenderOutcome } from '../ports/renderer.ts';

export type ComparedRender =
  /** From what the other program made to what we make; `theirs` and `ours` count objects. */
  | { readonly kind: 'compared'; readonly theirs: number; readonly ours: number; readonly changes: readonly ObjectChange[] }
  /** One of the two can't be read as objects. */
  | { readonly kind: 'failed'; readonly of: 'theirs' | 'ours'; readonly code: string; readonly message: string; readonly fix: string };

/** How the render of a folder differs from what another program (an existing script, `kustomize`, `helm template`) rendered: by object and field, without order and
 *  spelling. The other text is read by the renderer itself, so both sides follow the same YAML. */
export async function compareRender(
  renderer: Renderer,
  { path, files, theirs }: { readonly path: RepoPath | ''; readonly files: FileSnapshot; readonly theirs: string },
): Promise<ComparedRender> {
  const other = await renderer.render('', onlyFile(theirs));
  if (other.kind === 'failed') return failed('theirs', other);
  const own = await renderer.render(path, files);
  if (own.kind === 'failed') return failed('ours', own);
  return {
    kind: 'compared',
    theirs: other.objects.length,
    ours: own.objects.length,
    changes: diffObjects(other.objects, own.objects),
  };
}

function failed(of: 'theirs' | 'ours', outcome: Extract<RenderOutcome, { kind: 'failed' }>): ComparedRender {
  const { message, fix } = renderFault(outcome);
  return { kind: 'failed', of, code: outcome.code, message, fix };
}

const name = 'rendered.yaml';

function onlyFile(text: string): FileSnapshot {
  const entries = { 'kustomization.yaml': `resources: [${name}]\n`, [name]: text };
  const answers = new Map<string, FileAnswer>(
    Object.entries(entries).map(([path, content]) => [path, { kind: 'file', bytes: encodeUtf8(content), digest: digestOfText(content) }]),
  );
  answers.set('', { kind: 'directory', entries: Object.keys(entries), digest: digestOfText(text) });
  return { look: (path) => Promise.resolve(answers.get(path) ?? { kind: 'absent' }) };
}
