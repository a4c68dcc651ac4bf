import { firstControls, unassigned } from '../control/first-controls.ts';
import { apiVersion } from '../document/document-identity.ts';
import type { Json } from '../document/json.ts';
import { printDocument } from '../document/print-document.ts';
import type { ProposedEnvironment, ProposedService, ProposedTarget } from './proposed-service.ts';

/** The documents of a service root, by their paths from it. */
export function serviceDocuments(service: ProposedService): ReadonlyMap<string, string> {
  const { environments } = service;
  return new Map([
    ['.fairlead/service.yaml', serviceText(service)],
    ...environments.map((environment): [string, string] => [
      `.fairlead/environments/${environment.name}.yaml`,
      environmentText(environment),
    ]),
    ...environments.map((environment): [string, string] => [`.fairlead/profiles/${environment.name}.yaml`, profileText(environment)]),
    ...commonDocuments(service.owner),
  ]);
}

/** Those that depend on nothing that was found. */
export function commonDocuments(owner: string): ReadonlyMap<string, string> {
  return new Map([
    ['.fairlead/policies/default.yaml', policyText()],
    ['.fairlead/controls.yaml', controlsText(owner)],
  ]);
}

/** A release has components. Where no image is known, this one stands for them. */
const unknownComponent = { name: 'app', image: 'registry.example.com/app', required: false } as const;

function serviceText({ name, repository, isRepositoryGuess, refs, thirdPartyImages, components, environments }: ProposedService): string {
  const notes = [
    'What is released as one unit, and the order in which environments get it.',
    ...(isRepositoryGuess ? ['Correct repository: this checkout has no origin that could be written here.'] : []),
    ...(components.length === 0 ? ['Correct components: no image of a workload was found.'] : []),
    'Images that others build are pinned under thirdPartyImages: as repository@sha256:…',
  ];
  return text(notes, {
    kind: 'Service',
    name,
    spec: {
      repository,
      source: { refs },
      environments: environments.map((environment) => environment.name),
      components: components.length === 0 ? [unknownComponent] : components.map((component) => ({ ...component })),
      ...(thirdPartyImages.length === 0 ? {} : { thirdPartyImages }),
    },
  });
}

function environmentText({ name, tier, isNamed, path, after, namespaces, target, notRendered }: ProposedEnvironment): string {
  const notes = [
    ...(isNamed ? [] : ['Correct tier (dev, staging or production): the name of the folder does not say it.']),
    ...(target.isGuess
      ? ['Correct delivery before a server reads this: nothing here says which object of the controller delivers it.']
      : []),
    ...(target.isGuess ? [] : ['Correct cluster: the name by which a server knows the cluster of the controller.']),
    ...(notRendered === undefined ? [] : ['It did not render when this was written: see fairlead check.']),
    'inputs: pinned makes it read the copy of the base that each release brings, not one that changes under it.',
  ];
  return text(notes, {
    kind: 'Environment',
    name,
    spec: {
      tier,
      path,
      profile: name,
      ...(after.length === 0 ? {} : { after }),
      inputs: 'shared',
      ...(namespaces.length === 0 ? {} : { namespaces: namespaces.map((namespace) => ({ ...namespace })) }),
      delivery: { controller: target.controller, targets: [targetOf(target)] },
    },
  });
}

function targetOf({ controller, cluster, namespace, name }: ProposedTarget): Json {
  return controller === 'argocd' ? { cluster, namespace, application: name } : { cluster, namespace, kustomization: name };
}

function profileText({ name, namespaces, secretStores }: ProposedEnvironment): string {
  return text([`What ${name} has to look like: more can be asked for with replicas, parameters, schemaVersion and constraints.`], {
    kind: 'Profile',
    name,
    spec: {
      ...(secretStores.length === 0 ? {} : { secretStores: secretStores.map((store) => ({ ...store })) }),
      ...(namespaces.length === 0 ? {} : { namespaces: namespaces.map((namespace) => namespace.name) }),
    },
  });
}

function policyText(): string {
  const approvers = ['approvers'];
  return text(['Who has to approve what: these are the built-in numbers, written out to be changed.'], {
    kind: 'Policy',
    name: 'default',
    spec: {
      approvals: { dev: { count: 0 }, staging: { count: 1, groups: approvers }, production: { count: 2, groups: approvers } },
    },
  });
}

function controlsText(owner: string): string {
  const notes = [
    'The checks that protect your deployments today. None may get weaker: give each its owner and its command, run it in parallel with',
    'what replaces it, and let another person review it. `fairlead control list` says what is missing. Remove what you never had.',
  ];
  const controls = firstControls.map(({ name, control, replacedBy }) => ({
    name,
    control,
    owner,
    command: unassigned,
    replacedBy: { ...replacedBy },
    state: 'old',
  }));
  return text(notes, { kind: 'ControlRegister', name: 'controls', spec: { controls } });
}

interface Body {
  readonly kind: string;
  readonly name: string;
  readonly spec: Json;
}

/** With the line by which editors find the schema. */
function text(notes: readonly string[], { kind, name, spec }: Body): string {
  const schema = `# yaml-language-server: $schema=https://fairlead.dev/schemas/v1/${kind}.schema.json`;
  return [schema, ...notes.map((note) => `# ${note}`), printDocument({ apiVersion, kind, metadata: { name }, spec })].join('\n');
}
