import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { rendererVersions } from '../local/wire.ts';
import { printDocument } from '../output/print.ts';
import { version } from '../version.ts';

export const run: Run = async ({ terminal, format }) => {
  const document = { fairlead: version, node: process.version, renderer: await rendererVersions() };
  const { kustomize, helm } = document.renderer;
  const text = `fairlead ${version}\nnode ${process.version}\nrenders as kustomize ${kustomize ?? 'unknown'}, helm ${helm ?? 'unknown'}\n`;
  printDocument(terminal, format, { document, text });
  return exitCode.done;
};
