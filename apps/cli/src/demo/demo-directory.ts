import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh directory with a short path, removed at the end unless it is kept. */
export interface DemoDirectory extends AsyncDisposable {
  readonly path: string;
}

export async function demoDirectory(keep: boolean): Promise<DemoDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'fl-'));
  // Root's PostgreSQL runs as another user, who has to get through to its own folder and may see nothing else.
  if (process.getuid?.() === 0) await chmod(path, 0o711);
  return {
    path,
    async [Symbol.asyncDispose]() {
      if (!keep) await rm(path, { recursive: true, force: true });
    },
  };
}
