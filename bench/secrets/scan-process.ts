// FOLDER: searches every file of it as `fairlead check` does, in a process of its own, and prints a line `FILE\tLINE` for each finding.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scanFile } from '@fairlead/engine';

const [folder = '.'] = process.argv.slice(2);
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = join(entry.parentPath, entry.name);
  const path = file.slice(folder.length + 1);
  for (const { line, severity } of scanFile(path, readFileSync(file), {})) {
    if (severity !== 'info') console.log(`${path}\t${String(line)}`);
  }
}
