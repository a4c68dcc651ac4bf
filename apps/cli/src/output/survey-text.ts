import type { ProposedEnvironment, ProposedService } from '@fairlead/domain';
import type { ExistingRoot, Survey } from '../local/wire/survey.ts';
import { visibleText } from './visible-text.ts';

/** What was found, for people: services with their environments, what is there already, and what was left out. */
export function surveyText({ services, existing, leftOut, charts }: Survey): string {
  const blocks = [
    ...existing.map(existingText),
    ...services.map(serviceText),
    ...(leftOut.length === 0
      ? []
      : [['left out (take one with --environment PATH)', ...leftOut.map(({ path, because }) => `  ${path}: ${because}`)].join('\n')]),
    ...(charts.length === 0
      ? []
      : [
          [
            'Helm charts (to deliver one: a folder such as environments/dev with a helm-render.yaml that names it, then fairlead init again)',
            ...charts.map((chart) => `  ${chart || '.'}`),
          ].join('\n'),
        ]),
  ];
  return blocks.map((block) => block.split('\n').map(visibleText).join('\n')).join('\n\n');
}

function serviceText({ name, root, repository, isRepositoryGuess, components, environments }: ProposedService): string {
  const components_ = components.map((component) => `${component.name} (${component.image})`);
  return [
    `service ${name}, in ${root || 'the top folder'}`,
    `  repository    ${repository}${isRepositoryGuess ? '   (a guess: the checkout has no origin)' : ''}`,
    ...(components_.length === 0 ? ['  components    none found: correct them in service.yaml'] : listed('components', components_)),
    ...listed('environments', table(environments)),
  ].join('\n');
}

function listed(title: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `  ${(index === 0 ? title : '').padEnd(12)}  ${line}`);
}

function table(environments: readonly ProposedEnvironment[]): readonly string[] {
  const width = (of: (environment: ProposedEnvironment) => string): number => Math.max(...environments.map((one) => of(one).length));
  const [names, paths] = [width(({ name }) => name), width(({ path }) => path)];
  return environments.map((environment) => {
    const { name, path, tier, isNamed, after, target, notRendered } = environment;
    const notes = [
      ...(isNamed ? [] : [`the tier is a guess: correct it with --tier ${name}=production`]),
      ...(after.length === 0 ? [] : [`after ${after.join(' and ')}`]),
      ...(target.isGuess ? [] : [`delivered by ${target.namespace}/${target.name}`]),
      ...(notRendered === undefined ? [] : ['does not render: see fairlead check']),
    ];
    return `${name.padEnd(names)}  ${tier.padEnd(10)}  ${path.padEnd(paths)}  ${notes.join('; ')}`.trimEnd();
  });
}

function existingText({ loaded, missing, undeclared }: ExistingRoot): string {
  const where = loaded.root === '' ? '.fairlead' : `${loaded.root}/.fairlead`;
  if (loaded.kind === 'invalid') {
    const count = loaded.problems.length;
    return `${where} is there, and ${String(count)} ${count === 1 ? 'thing is' : 'things are'} wrong in it: see fairlead check ${loaded.root || '.'}`;
  }
  const { service, environments } = loaded;
  const first = environments[0]?.metadata.name ?? 'dev';
  return [
    `${where} is there: service ${service.metadata.name}, environments ${service.spec.environments.join(', ')}`,
    ...[...missing.keys()].map((path) => `  missing: ${path}`),
    ...undeclared.map(
      (path) =>
        `  not declared: ${path} (copy ${where}/environments/${first}.yaml for it, and add its name to spec.environments of ${where}/service.yaml)`,
    ),
    ...(missing.size === 0 && undeclared.length === 0 ? ['  nothing is missing'] : []),
  ].join('\n');
}
