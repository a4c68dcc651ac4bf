import { type FileAnswer, type FileSnapshot } from './file-snapshot.ts';
import { type Looked, type Want } from './look.ts';
import { type InputRead } from './render-result.ts';
import { rootPath } from './root-path.ts';

const longestName = 255;
const longestPath = 2048;

/** An input with the digest that its path had, also where no more than the kind was learned. */
export interface LoggedInput {
  readonly read: InputRead;
  readonly digest: string | undefined;
}

/** Answers one render's looks from a snapshot, the same for the same path to the end, and keeps what was learned. */
export class InputLog {
  readonly #files: FileSnapshot;
  readonly #answers = new Map<string, Promise<FileAnswer>>();
  readonly #learned = new Map<string, LoggedInput>();
  /** Paths of which no more is known than that a link is on the way. */
  readonly #linked = new Set<string>();

  constructor(files: FileSnapshot) {
    this.#files = files;
  }

  readonly answerLook = async (path: string, want: Want): Promise<Looked> => {
    if (!isFileName(path)) return { kind: 'absent', payload: new Uint8Array() };
    const asked = this.#answers.get(path) ?? this.#files.look(path);
    this.#answers.set(path, asked);
    const answer = await asked;
    this.#learn(path, answer, want);
    return looked(answer, want);
  };

  /** By path. */
  get inputs(): readonly LoggedInput[] {
    return [...this.#learned.values()].sort((one, other) => (one.read.path < other.read.path ? -1 : 1));
  }

  /** Whether a symbolic link was met whose target is unknown, so that no input can stand for it. */
  get linked(): boolean {
    const links = [...this.#learned.values()].filter(({ read }) => read.kind === 'symlink');
    return [...this.#linked].some((path) => !links.some(({ read }) => path.startsWith(`${read.path}/`)));
  }

  #learn(path: string, answer: FileAnswer, want: Want): void {
    if (answer.kind === 'symlink') {
      if (answer.target === undefined) this.#linked.add(path);
      else this.#learned.set(path, { read: { path, kind: 'symlink', digest: answer.target }, digest: undefined });
      return;
    }
    const { kind } = answer;
    const digest = kind === 'absent' ? undefined : answer.digest;
    const seen = want === (kind === 'file' ? 'bytes' : 'names') || this.#learned.get(path)?.read.digest !== undefined;
    this.#learned.set(path, { read: seen && digest !== undefined ? { path, kind, digest } : { path, kind }, digest });
  }
}

/** kustomize tries an inline patch as a path first: such a text is no input, and a disk would answer with an error. */
function isFileName(path: string): boolean {
  const resolved = rootPath(path);
  if (resolved.kind !== 'inside' || resolved.path !== path) return false;
  return path.length <= longestPath && !/\p{Cc}/u.test(path) && path.split('/').every((name) => Buffer.byteLength(name) <= longestName);
}

function looked(answer: FileAnswer, want: Want): Looked {
  if (answer.kind === 'file' && want === 'bytes') return { kind: 'file', payload: Uint8Array.from(answer.bytes) };
  if (answer.kind === 'directory' && want === 'names') {
    return { kind: 'directory', payload: new TextEncoder().encode(answer.entries.map((name) => `${name}\0`).join('')) };
  }
  if (answer.kind === 'symlink') return { kind: 'symlink', payload: new TextEncoder().encode(answer.target ?? '') };
  return { kind: answer.kind, payload: new Uint8Array() };
}

/** Whether a path still answers what was learned from it. */
export async function stillHolds({ read, digest }: LoggedInput, files: FileSnapshot): Promise<boolean> {
  if (files.digest !== undefined && read.kind !== 'symlink') {
    const now = await files.digest(read.path);
    if (now === (digest ?? 'absent')) return true;
    if (read.digest !== undefined || read.kind === 'absent') return false;
  }
  const answer = await files.look(read.path);
  if (answer.kind !== read.kind) return false;
  return read.digest === undefined || digestIn(answer) === read.digest;
}

function digestIn(answer: FileAnswer): string | undefined {
  if (answer.kind === 'symlink') return answer.target;
  return answer.kind === 'absent' ? undefined : answer.digest;
}
