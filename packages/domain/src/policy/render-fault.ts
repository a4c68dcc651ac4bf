import type { Rule } from './rule.ts';

/** A render's failure as the renderer says it. */
export interface RenderFailure {
  readonly code: 'remote-base' | 'outside-root' | 'plugin-disabled' | 'render-failed' | 'timed-out' | 'out-of-memory';
  readonly message: string;
}

export interface RenderFault {
  readonly rule: Extract<Rule, 'render-failed' | 'remote-base'>;
  readonly message: string;
  readonly fix: string;
}

const maxLength = 400;

/** What failed in one sentence, and what to do. Upstream's words carry the whole way to the fault and may quote whole patches, secrets included. */
export function renderFault({ code, message }: RenderFailure): RenderFault {
  return {
    rule: code === 'remote-base' ? code : 'render-failed',
    message: `${isUnreachable(message) ? '' : headings[code]}${essence(message)}`,
    fix: fixFor(code, message),
  };
}

const headings: Readonly<Record<RenderFailure['code'], string>> = {
  'remote-base': 'what is not pinned by its commit is never fetched: ',
  'outside-root': 'the render reaches outside of what it may read: ',
  'plugin-disabled': 'plugins never run: ',
  'render-failed': '',
  'timed-out': '',
  'out-of-memory': '',
};

function isUnreachable(message: string): boolean {
  return message.includes(' could not be fetched: ');
}

function essence(message: string): string {
  const quoteless = message.replaceAll(/`[^`]*`/g, '…').replaceAll(/\[patch: ".*"\]/gs, '[patch: …]');
  const [line = ''] = quoteless.replaceAll(/\s*\n\s*/g, ' ').split('\n');
  const [, place, cause] = /^.*accumulating resources from '([^']*)': (.*)$/.exec(line) ?? [];
  const short = place === undefined || cause === undefined ? line : `${place}: ${cause}`;
  const said = short.replace(/'?: (?:must build at directory|no 'git' program on path): .*$/, '').trim();
  return said.length > maxLength ? `${said.slice(0, maxLength)}…` : said;
}

function fixFor(code: RenderFailure['code'], message: string): string {
  switch (code) {
    case 'remote-base':
      return fixForRemote(message);
    case 'outside-root':
      return message.includes('is not in or below')
        ? 'move the file into the folder of the kustomization that reads it, or below'
        : 'keep every file that the render reads inside this repository';
    case 'plugin-disabled':
      return 'use the generators and transformers that kustomize has, or commit what the plugin makes';
    case 'render-failed':
      return fixForInput(essence(message));
    case 'timed-out':
    case 'out-of-memory':
      return 'look for aliases or replacements that multiply, and split what is large';
  }
}

function fixForRemote(message: string): string {
  if (isUnreachable(message)) return 'look whether Git can read it from here; fairlead vendor copies it once, then nobody needs it';
  return /^chart |: chart '/.test(message)
    ? 'put the chart below chartHome: helm pull --untar --untardir does'
    : 'name the full commit SHA by ?ref=, then run fairlead vendor; or copy it into this repository and refer to that folder';
}

const inputFixes: readonly (readonly [said: RegExp, fix: string])[] = [
  [
    /unable to find one of 'kustomization.yaml'|not a valid directory|is empty$/,
    'name a folder that has a kustomization.yaml, or make one',
  ],
  [/no such file or directory/, 'add the file, or take its name out of the kustomization'],
  [/unknown field "(?:[^"]*)"/, 'repair the name of the field; see the reference of kustomization.yaml'],
  [/already registered id/, 'keep one of the objects: two have the same kind, name and namespace'],
  [/no matches for Id|no resource matches/, 'repair the target of the patch, or remove the patch'],
  [/MalformedYAMLError|yaml: /, 'repair the YAML'],
];

function fixForInput(message: string): string {
  return inputFixes.find(([said]) => said.test(message))?.[1] ?? 'repair what it names; `kustomize build` of the folder says the same';
}
