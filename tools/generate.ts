// Writes what follows from the code: `npm run generate`. With `--check` it only names what is stale, and fails if anything is.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { documentJsonSchema, documentTypes, shadowRbac } from '@fairlead/domain';

/** A folder that holds generated files only, and what belongs into it. */
interface Generated {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
}

const root = dirname(import.meta.dirname);
const generated: readonly Generated[] = [
  { folder: 'packages/domain/schemas', files: jsonSchemas() },
  { folder: 'deploy/rbac', files: new Map([['shadow.yaml', shadowRbac()]]) },
];

await main(process.argv.includes('--check'));

async function main(checkOnly: boolean): Promise<void> {
  const stale = (await Promise.all(generated.map(staleFiles))).flat();
  for (const { path } of stale) console.log(`${checkOnly ? 'stale' : 'generated'} ${path}`);
  if (checkOnly) process.exitCode = stale.length > 0 ? 1 : 0;
  else for (const file of stale) await renew(file);
}

interface StaleFile {
  readonly path: string;
  /** Absent: the file is no longer due. */
  readonly text?: string;
}

async function staleFiles({ folder, files }: Generated): Promise<readonly StaleFile[]> {
  const found = await readFolder(join(root, folder));
  const extra = [...found.keys()].filter((name) => !files.has(name)).map((name) => ({ path: `${folder}/${name}` }));
  const changed = [...files]
    .filter(([name, text]) => found.get(name) !== text)
    .map(([name, text]) => ({ path: `${folder}/${name}`, text }));
  return [...extra, ...changed];
}

async function readFolder(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder).catch(() => []);
  return new Map(
    await Promise.all(entries.map(async (name): Promise<[string, string]> => [name, await readFile(join(folder, name), 'utf8')])),
  );
}

async function renew({ path, text }: StaleFile): Promise<void> {
  const file = join(root, path);
  if (text === undefined) return rm(file);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map(documentTypes.map((type) => [`${type.kind}.schema.json`, `${JSON.stringify(documentJsonSchema(type), undefined, 2)}\n`]));
}
