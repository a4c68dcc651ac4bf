import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { runGo } from './toolchain.js';

const legal = /^(licen[cs]e|copying|copyright|notice|patents)/i;

/** The licence texts of every module that is linked into the guest, each text once. */
export function thirdPartyNotices() {
  const holders = new Map();
  for (const { label, text } of [...standardLibrary(), ...linkedModules()]) {
    holders.set(text, [...(holders.get(text) ?? []), label]);
  }
  const parts = [...holders].map(([text, labels]) => `${labels.sort().join('\n')}\n\n${text}\n`);
  return ['renderer.wasm holds the software named here, under these terms.\n', ...parts.sort()].join(`\n${'='.repeat(80)}\n\n`);
}

function standardLibrary() {
  const root = runGo(['env', 'GOROOT']).trim();
  return notes(`Go standard library ${runGo(['env', 'GOVERSION']).trim()}`, root, [root]);
}

function linkedModules() {
  const format = '{{with .Module}}{{if not (or .Main .Replace)}}{{.Path}} {{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}';
  const lines = runGo(['list', '-mod=readonly', '-deps', '-f', format, '.']).split('\n').filter(Boolean);
  const modules = new Map();
  for (const [module, root, folder] of lines.map((line) => line.split('\t'))) {
    const known = modules.get(module) ?? { root, folders: new Set() };
    for (let at = folder; at.startsWith(root); at = dirname(at)) known.folders.add(at);
    modules.set(module, known);
  }
  return [...modules].flatMap(([module, { root, folders }]) => notes(module, root, folders));
}

function notes(module, root, folders) {
  const found = [...folders].flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && legal.test(entry.name) && !entry.name.endsWith('.go'))
      .map((entry) => join(folder, entry.name)),
  );
  if (found.length === 0) throw new Error(`no licence text in ${module}`);
  return found.map((path) => ({
    label: `${module} (${relative(root, path)})`,
    text: readFileSync(path, 'utf8').replace(/\r\n/g, '\n').trim(),
  }));
}
