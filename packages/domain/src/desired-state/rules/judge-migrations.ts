import { isList } from '../../document/is-list.ts';
import { fieldAt, textAt } from '../../document/json-field.ts';
import type { Json, JsonObject } from '../../document/json.ts';
import { parseImageText } from '../../policy/image-text.ts';
import type { ReleaseManifest } from '../../release/release-manifest.ts';
import { objectName, type ObjectRef } from '../object-ref.ts';
import { objectRefOf } from '../object-ref-of.ts';
import type { ObjectFault } from './object-fault.ts';
import { containersOf, podSpecs, type PodContainer } from './pod-specs.ts';

const words =
  /(?:^|[^a-z])(?:(?:db-?)?migrat(?:e|es|ion|ions|or|ing)|flyway|liquibase|alembic|dbmate|sqitch|goose|knex|prisma\s+db\s+push|atlas\s+schema|(?:database|schema)[-_ ](?:upgrade|update|init))(?:[^a-z]|$)/i;

/** Migrations that a sync would run: those of Jobs and hooks that the release doesn't declare as `run: job`, and those that every pod brings along. */
export function judgeMigrations(objects: readonly JsonObject[], release: ReleaseManifest): readonly ObjectFault[] {
  return objects.flatMap((object) => {
    const ref = objectRefOf(object);
    if (ref.kind === 'CronJob') return [];
    const runsOnce = ref.kind === 'Job' || isHook(object);
    const found = podSpecs(object)
      .flatMap(containersOf)
      .filter(({ list }) => runsOnce || list === 'initContainers')
      .find((container) => migrates(container, runsOnce ? ref.name : ''));
    if (found === undefined || (runsOnce && isDeclared(found, release))) return [];
    return [faultOf(ref, { found, runsOnce, release })];
  });
}

function isHook(object: JsonObject): boolean {
  const annotations = fieldAt(object, 'metadata', 'annotations');
  const argo = textAt(annotations, 'argocd.argoproj.io/hook');
  return (argo !== undefined && argo !== 'Skip') || textAt(annotations, 'helm.sh/hook') !== undefined;
}

function migrates({ container }: PodContainer, owner: string): boolean {
  const texts = [
    owner,
    container['name'],
    container['command'],
    container['args'],
    parseImageText(textAt(container, 'image') ?? '')?.repository,
  ];
  return words.test(texts.flatMap(textsIn).join(' ').replaceAll('_', ' '));
}

function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return isList(value) ? value.flatMap(textsIn) : [];
}

/** A declared one runs from its component's image; one of no component from any. */
function isDeclared({ container }: PodContainer, { schema, components }: ReleaseManifest): boolean {
  const repository = parseImageText(textAt(container, 'image') ?? '')?.repository;
  return (schema?.migrations ?? []).some(({ run, component }) => {
    if (run !== 'job') return false;
    return component === undefined || components.some(({ name, image }) => name === component && image.repository === repository);
  });
}

interface FoundMigration {
  readonly found: PodContainer;
  readonly runsOnce: boolean;
  readonly release: ReleaseManifest;
}

function faultOf(object: ObjectRef, { found, runsOnce, release }: FoundMigration): ObjectFault {
  const { metadata } = release;
  const container = textAt(found.container, 'name') ?? 'a container';
  const message = runsOnce
    ? `${objectName(object)} looks like a migration (${container}), which a sync would run, and release ${metadata.version} declares none with run: job`
    : `${objectName(object)} looks as if it migrates in ${container}, whenever a pod starts: no gate can hold that back`;
  const fix = runsOnce
    ? 'declare it in the release (schema.migrations with run: job), or run it outside of the sync'
    : 'run the migration outside of the pods, and declare it in the release (schema.migrations)';
  return { rule: 'migration-hidden', severity: runsOnce ? 'error' : 'warning', object, path: found.path, message, fix };
}
