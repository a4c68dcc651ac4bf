import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { askGo } from './go-toolchain.ts';

/** Where the real CustomResourceDefinitions are: Argo CD's, and those of Flux 2.9. */
const modules = [
  { module: 'github.com/argoproj/argo-cd/v3@v3.5.7', folder: 'manifests/crds' },
  { module: 'github.com/fluxcd/source-controller@v1.9.1', folder: 'config/crd/bases' },
  { module: 'github.com/fluxcd/kustomize-controller@v1.9.4', folder: 'config/crd/bases' },
  { module: 'github.com/fluxcd/helm-controller@v1.6.3', folder: 'config/crd/bases' },
] as const;

export interface Definition {
  /** `applications.argoproj.io` */
  readonly name: string;
  readonly yaml: string;
}

const Downloaded = z.object({ Dir: z.string() });

/** Reads them from Go's module cache, to where Go brings them first. They are not ours, so the repository holds no copy. */
export async function readDefinitions(): Promise<readonly Definition[]> {
  const found = await Promise.all(
    modules.map(async ({ module, folder }) => {
      // No module of ours asks for these, so the question is put outside of any.
      const { Dir } = Downloaded.parse(JSON.parse(await askGo(['mod', 'download', '-json', module], '/')));
      return readFolder(join(Dir, folder));
    }),
  );
  return found.flat();
}

async function readFolder(folder: string): Promise<readonly Definition[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml');
  return Promise.all(
    names.sort().map(async (file) => {
      const yaml = await readFile(join(folder, file), 'utf8');
      const [, name] = /^ {2}name: (\S+)$/m.exec(yaml) ?? [];
      if (name === undefined) throw new Error(`${file} names no definition`);
      return { name, yaml };
    }),
  );
}
