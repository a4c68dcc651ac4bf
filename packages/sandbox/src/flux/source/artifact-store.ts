import { type FileSnapshot } from '@fairlead/renderer';

/** What sources stored, by the path in `status.artifact.path`, for the other controllers of the same process. */
export class ArtifactStore {
  readonly #contents = new Map<string, FileSnapshot>();

  put(path: string, files: FileSnapshot): void {
    this.#contents.set(path, files);
  }

  get(path: string): FileSnapshot | undefined {
    return this.#contents.get(path);
  }

  /** Keeps one artifact of a source: the newest. */
  removeOthers(path: string): void {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    for (const other of this.#contents.keys()) if (other.startsWith(folder) && other !== path) this.#contents.delete(other);
  }

  removeSource(folder: string): void {
    for (const path of this.#contents.keys()) if (path.startsWith(`${folder}/`)) this.#contents.delete(path);
  }
}
