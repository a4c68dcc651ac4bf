import type { ClusterRight, CoverageGap } from '@fairlead/domain';
import { z } from 'zod';
import type { KubernetesWire } from '../../http/kubernetes/kubernetes-wire.ts';
import { allows, mayWe, questionsOf, rulesIn, type AccessQuestion, type AccessRule } from './access-reviews.ts';
import { discoverKinds } from './discover-kinds.ts';
import { inParallel } from './in-parallel.ts';

/** How a cluster looks to our identity. */
export interface ClusterExamination {
  /** `v1.36.1`. */
  readonly version: string;
  /** Their clock less ours; whole seconds are all that a server tells. */
  readonly skewMs: number;
  /** Groups whose kinds can't be told. */
  readonly gaps: readonly CoverageGap[];
  /** Of the rights that are needed. */
  readonly missing: readonly AccessQuestion[];
  /** Rights that nobody should have given: to read Secrets, and to write what isn't ours. */
  readonly excess: readonly AccessQuestion[];
}

const Version = z.object({ gitVersion: z.string() });

export async function examineCluster(wire: KubernetesWire, rights: readonly ClusterRight[], now: () => Date): Promise<ClusterExamination> {
  const asked = now().getTime();
  const { body, date } = await wire.ask({ path: '/version' });
  const skewMs = date === undefined ? 0 : Math.trunc((Date.parse(date) - asked) / 1000) * 1000;
  const { gaps } = await discoverKinds(wire, new Date(asked).toISOString());
  const namespaces = [...new Set(rights.flatMap(({ namespace }) => namespace ?? []))];
  const rules = new Map(await inParallel(namespaces, async (namespace) => [namespace, await rulesOrNone(wire, namespace)] as const));
  const needed = rights.flatMap(questionsOf);
  return {
    version: Version.parse(body).gitVersion,
    skewMs,
    gaps,
    missing: await missingOf(wire, needed, rules),
    excess: [...(await secretsSeen(wire, namespaces)), ...writesBeyond(needed, rules)],
  };
}

type Rules = ReadonlyMap<string, readonly AccessRule[]>;

/** A server that tells no rules is asked right by right. */
async function rulesOrNone(wire: KubernetesWire, namespace: string): Promise<readonly AccessRule[]> {
  return rulesIn(wire, namespace).catch(() => []);
}

async function missingOf(wire: KubernetesWire, needed: readonly AccessQuestion[], rules: Rules): Promise<readonly AccessQuestion[]> {
  const open = needed.filter((question) => !allows(rules.get(question.namespace ?? '') ?? [], question));
  const held = await inParallel(open, (question) => mayWe(wire, question));
  return open.filter((_question, index) => held[index] !== true);
}

/** Who may list Secrets may read them. */
async function secretsSeen(wire: KubernetesWire, namespaces: readonly string[]): Promise<readonly AccessQuestion[]> {
  const secrets = { group: '', resource: 'secrets' };
  const wide = ['get', 'list'].map((verb): AccessQuestion => ({ ...secrets, verb }));
  const narrow = namespaces.flatMap((namespace) => wide.map((question): AccessQuestion => ({ ...question, namespace })));
  const seen = async (questions: readonly AccessQuestion[]): Promise<readonly AccessQuestion[]> => {
    const held = await inParallel(questions, (question) => mayWe(wire, question));
    return questions.filter((_question, index) => held[index] === true);
  };
  const everywhere = await seen(wide);
  return everywhere.length > 0 ? everywhere : seen(narrow);
}

const writing = ['create', 'update', 'patch', 'delete', 'deletecollection', '*'];
/** Everybody may ask the server about themselves. */
const aboutOurselves = new Set(['authentication.k8s.io', 'authorization.k8s.io']);

function writesBeyond(needed: readonly AccessQuestion[], rules: Rules): readonly AccessQuestion[] {
  const found = [...rules].flatMap(([namespace, held]) =>
    held.flatMap((rule) => questionsOfRule(rule, namespace).filter((question) => !isNeeded(question, needed))),
  );
  return [...new Map(found.map((question) => [JSON.stringify(question), question])).values()];
}

function questionsOfRule({ verbs, apiGroups, resources, resourceNames }: AccessRule, namespace: string): readonly AccessQuestion[] {
  const names = resourceNames.length === 0 ? [undefined] : resourceNames;
  return verbs
    .filter((verb) => writing.includes(verb))
    .flatMap((verb) =>
      apiGroups
        .filter((group) => !aboutOurselves.has(group))
        .flatMap((group) =>
          resources.flatMap((resource) =>
            names.map((name) => ({ group, resource, verb, namespace, ...(name === undefined ? {} : { name }) })),
          ),
        ),
    );
}

function isNeeded(held: AccessQuestion, needed: readonly AccessQuestion[]): boolean {
  return needed.some(
    ({ group, resource, verb, namespace, name }) =>
      group === held.group && resource === held.resource && verb === held.verb && namespace === held.namespace && name === held.name,
  );
}
