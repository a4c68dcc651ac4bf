import { objectRefOf, type JsonObject } from '@fairlead/domain';
import type { WorldKind } from '@fairlead/sandbox';
import { short } from '../follow.ts';
import type { Stage } from '../stage.ts';
import type { OwnComponent } from './own-components.ts';
import { noComponent } from './own-service.ts';
import type { OwnTeam } from './prepare-own-team.ts';

const listed = 3;

/** What the play goes by, and everything in it that nobody has said: the sandbox made it up. */
export function tellOwnTeam(stage: Stage, { own, absent, service, objects, declared, images }: OwnTeam): void {
  const where = own.branch === undefined ? '' : ` of ${own.branch}`;
  stage.line('repository', `${own.top}: commit ${short(own.commit)}${where}, "${own.subject}", is read; nothing is written there`);
  if (own.notCommitted.length > 0) {
    stage.line('left out', `${some(own.notCommitted)}: not as committed, or not known to be; the demo plays what is committed`);
  }
  if (absent.length > 0) {
    stage.line('left out', `${some(absent)}: a partial clone does not hold them, and nobody is asked for them`);
  }
  stage.line('overlay', `${service.path} renders to ${countsOf(objects)}`);
  const called = `service ${service.name}, environment ${service.environment}`;
  stage.line(
    'documents',
    declared
      ? `${called}, components and policy are those of .fairlead/; targets, checks and approvals are the demo's own`
      : `${called}: there is no .fairlead/, so the copy gets one`,
  );
  tellComponents(stage, service.components);
  if (images.left.length > 0) stage.line('left alone', `${some(images.left)}: nothing in the sandbox runs that`);
}

/** The sandbox asks no registry, so it can't know what a tag stands for. */
function tellComponents(stage: Stage, components: readonly OwnComponent[]): void {
  if (components.some(({ assumedFor }) => assumedFor.length > 0)) {
    stage.line('assumed', 'no registry is asked what a tag stands for: it is pinned to a digest that is made of its text');
  }
  for (const component of components) {
    if (component === noComponent) {
      stage.line(
        'assumed',
        `no workload has an image, and a release needs one: ${component.repository} stands for it, and nothing runs it`,
      );
    }
    const as = component.assumedFor.length > 1 ? ', all of them: a release has one image of a repository' : '';
    if (component.assumedFor.length > 0) stage.line('', `${component.assumedFor.join(', ')}: sha256:${short(component.digest)}…${as}`);
  }
}

const ofKubernetes = /^[^.]*$|\.k8s\.io$/;

/** What the API server had to learn. */
export function tellDefined(stage: Stage, defined: readonly WorldKind[]): void {
  const named = (kinds: readonly WorldKind[]): string =>
    some(
      kinds.map(({ kind, group, version }) => `${kind} (${group}/${version})`),
      8,
    );
  const custom = defined.filter(({ group }) => !ofKubernetes.test(group));
  if (custom.length > 0) {
    stage.line(
      'assumed',
      `${named(custom)}: defined for the demo; their objects may hold anything, and nobody acts on them but to call them ready`,
    );
  }
  const own = defined.filter((kind) => !custom.includes(kind));
  if (own.length > 0) {
    stage.line('assumed', `${named(own)}: defined for the demo, for the sandbox does not serve that version; see that your cluster does`);
  }
}

function countsOf(objects: readonly JsonObject[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of objects.map(objectRefOf)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].toSorted(([, one], [, other]) => other - one).map(([kind, count]) => `${String(count)} ${kind}`);
  return `${String(objects.length)} objects: ${some(kinds, 8)}`;
}

function some(all: readonly string[], most = listed): string {
  const rest = all.length - most;
  return rest <= 0 ? all.join(', ') : `${all.slice(0, most).join(', ')} and ${String(rest)} more`;
}
