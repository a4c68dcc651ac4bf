import { documentText, readManifestFile, type ManifestFile, type ManifestLeaf, type Problem } from '@fairlead/domain';
import type { FileSnapshot } from '../ports/file-snapshot.ts';

export type TextFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' | 'too-large' }
  | { readonly kind: 'not-text'; readonly problem: Problem };

/** In bytes. A manifest of this size renders for minutes. */
const maxSize = 4 * 1024 * 1024;

/** The texts of a snapshot; each is read and parsed once. */
export class TextFiles {
  readonly #files: FileSnapshot;
  readonly #texts = new Map<string, Promise<TextFile>>();
  readonly #manifests = new Map<string, Promise<ManifestFile | undefined>>();

  constructor(files: FileSnapshot) {
    this.#files = files;
  }

  text(path: string): Promise<TextFile> {
    const found = this.#texts.get(path) ?? this.#read(path);
    this.#texts.set(path, found);
    return found;
  }

  /** `undefined`: there is nothing to parse. */
  manifest(path: string): Promise<ManifestFile | undefined> {
    const found = this.#manifests.get(path) ?? this.#parse(path);
    this.#manifests.set(path, found);
    return found;
  }

  /** Of all documents of the file; none where it can't be parsed. */
  async leaves(path: string): Promise<readonly ManifestLeaf[]> {
    const manifest = await this.manifest(path);
    return manifest?.kind === 'read' ? manifest.documents.flatMap(({ leaves }) => leaves) : [];
  }

  async #read(path: string): Promise<TextFile> {
    const answer = await this.#files.look(path);
    if (answer.kind !== 'file') return { kind: 'absent' };
    if (answer.bytes.length > maxSize) return { kind: 'too-large' };
    const text = documentText(answer.bytes, path);
    if (text.kind === 'text') return text;
    const [problem] = text.problems;
    return problem === undefined ? { kind: 'absent' } : { kind: 'not-text', problem };
  }

  async #parse(path: string): Promise<ManifestFile | undefined> {
    const file = await this.text(path);
    if (file.kind === 'text') return readManifestFile(file.text, path);
    return file.kind === 'not-text' ? { kind: 'unparsable', problem: file.problem } : undefined;
  }
}
