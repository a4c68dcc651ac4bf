import type { ProposedService } from '@fairlead/domain';
import { buildAdvice } from './build-advice.ts';

export interface Initialised {
  readonly services: readonly ProposedService[];
  /** Of what was written, from the repository's top. */
  readonly paths: readonly string[];
  /** How to call git on the repository. */
  readonly git: string;
  readonly ci: 'github' | 'gitlab';
}

/** What was written, and what a person does next. */
export function initSteps({ services, paths, git, ci }: Initialised): string {
  const folders = [...new Set(paths.map((path) => path.slice(0, path.indexOf('.fairlead') + '.fairlead'.length)))];
  const [service] = services;
  const lines = [
    `wrote ${counted(paths.length)} to ${folders.join(', ')}; nothing else was changed`,
    '',
    'next',
    '  1. read them, and correct the lines that say "Correct"',
    '  2. fairlead check',
    `  3. ${git} add ${folders.join(' ')} && ${git} commit -m "Declare environments for Fairlead"`,
    ...(service === undefined ? [] : firstRelease(service)),
    '',
    ...(services.length === 0 ? [] : [buildAdvice(services, ci), '']),
  ];
  return lines.join('\n');
}

function firstRelease({ name, root, components, environments }: ProposedService): readonly string[] {
  const [first] = environments;
  if (first === undefined) return [];
  const service = root === '' ? '' : ` --from-service ${root}/.fairlead/service.yaml`;
  const images = components.map((component) => ` --component ${component.name}=${component.image}:TAG`);
  return [
    '  4. make a release, of what a build pushed (TAG is looked up once):',
    `       fairlead release create${service} --version 1.0.0${images.join('')} --out release.yaml`,
    '     or of what runs:',
    `       fairlead release capture${root === '' ? '' : ` ${root}`} -e ${first.name} --kubeconfig ~/.kube/config --out release.yaml`,
    '  5. see what it changes:',
    `       fairlead promote ${name} --offline --release release.yaml --to ${first.name}`,
  ];
}

export function counted(count: number): string {
  return count === 1 ? '1 file' : `${String(count)} files`;
}
