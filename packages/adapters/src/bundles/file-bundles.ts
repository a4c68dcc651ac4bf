import { createHash, hash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Digest, InvalidError, UpstreamError } from '@fairlead/domain';
import type { Bundles, KeptBundle } from '@fairlead/engine';

/** In a folder, one file each, for whoever runs the server to read and to copy away. */
export function fileBundles({ directory }: { readonly directory: string }): Bundles {
  const pathOf = (name: string): string => {
    if (/^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*\.tar$/.test(name)) return join(directory, name);
    throw new InvalidError('bundle-name-invalid', `a bundle can't be kept as ${JSON.stringify(name)}`);
  };
  return {
    async keep(name, pieces) {
      const path = pathOf(name);
      const draft = join(directory, `.${randomUUID()}.part`);
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        const kept = await write(draft, pieces);
        // A link never replaces what is there, a rename would.
        await link(draft, path);
        await persist(dirname(path));
        return kept;
      } catch (error) {
        const code = codeOf(error);
        if (code === 'EEXIST') return measured(await readFile(path));
        throw typeof code === 'string' ? unwritable(code, error) : error;
      } finally {
        // Why it failed is known by now: that it also can't be tidied up adds nothing.
        await rm(draft, { force: true }).catch(() => undefined);
      }
    },
    async read(name) {
      try {
        return await readFile(pathOf(name));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return 'absent';
        throw error;
      }
    },
  };
}

async function write(path: string, pieces: Iterable<Uint8Array>): Promise<KeptBundle> {
  const file = await open(path, 'wx', 0o600);
  try {
    return await writeTo(file, pieces);
  } finally {
    await file.close();
  }
}

async function writeTo(file: FileHandle, pieces: Iterable<Uint8Array>): Promise<KeptBundle> {
  const sum = createHash('sha256');
  let size = 0;
  for (const piece of pieces) {
    await file.writeFile(piece);
    sum.update(piece);
    size += piece.length;
  }
  await file.sync();
  return { digest: Digest.parse(`sha256:${sum.digest('hex')}`), size };
}

/** The name too, not only the bytes, survives a power cut. */
async function persist(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function measured(bytes: Uint8Array): KeptBundle {
  return { digest: Digest.parse(`sha256:${hash('sha256', bytes, 'hex')}`), size: bytes.length };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function unwritable(code: string, cause: unknown): UpstreamError {
  return new UpstreamError('bundle-not-kept', `the bundle can't be written: ${code}`, {
    provider: 'bundle folder',
    retryable: true,
    hint: 'see that there is space and a right to write in the folder "bundles" of the data directory; it is tried again by itself',
    cause,
  });
}
