import type { ClusterRight } from '@fairlead/domain';
import { failureOf } from '../../exit.ts';
import type { ClusterAccess } from '../cluster-access.ts';
import { examineAccess, type AccessQuestion, type ClusterExamination } from '../wire/examine-access.ts';
import type { Diagnosis } from './diagnosis.ts';

/** What an environment needs of the cluster, and how to print it; nothing where no environment is named. */
export interface NeededAccess {
  readonly rights: readonly ClusterRight[];
  readonly environment: string | undefined;
}

/** Whether a cluster answers, and is one to work with. */
export async function diagnoseCluster(access: ClusterAccess, needed: NeededAccess): Promise<readonly Diagnosis[]> {
  try {
    return judgeCluster(await examineAccess(access, needed.rights), needed);
  } catch (error) {
    const { message, hint } = failureOf(error);
    return [{ name: 'cluster', status: 'fail', detail: message, ...(hint === undefined ? {} : { fix: hint }) }];
  }
}

export function judgeCluster(found: ClusterExamination, needed: NeededAccess): readonly Diagnosis[] {
  return [judgeVersion(found), judgeClock(found), judgeKinds(found), ...judgeRights(found, needed)];
}

/** The oldest minor version that upstream's clients of today still speak to. */
const oldestMinor = 30;

function judgeVersion({ version }: ClusterExamination): Diagnosis {
  const [, major = '0', minor = '0'] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  if (Number(major) === 1 && Number(minor) >= oldestMinor) return { name: 'cluster', status: 'ok', detail: `Kubernetes ${version}` };
  const fix = `use a cluster of Kubernetes 1.${String(oldestMinor)} or newer: nobody has tried this one`;
  return { name: 'cluster', status: 'warn', detail: `Kubernetes ${version}`, fix };
}

/** A server tells whole seconds, and a request takes its time. */
const toleratedMs = 5_000;
/** Certificates and tokens begin to be refused. */
const dangerousMs = 300_000;

function judgeClock({ skewMs }: ClusterExamination): Diagnosis {
  const name = 'cluster clock';
  const away = Math.abs(skewMs);
  if (away <= toleratedMs) return { name, status: 'ok', detail: 'the same as ours' };
  const detail = `${String(away / 1000)} s ${skewMs > 0 ? 'ahead of' : 'behind'} ours`;
  const fix = 'let this machine and the API server keep time by NTP: who changed what when is told by their clock';
  return { name, status: away > dangerousMs ? 'fail' : 'warn', detail, fix };
}

function judgeKinds({ gaps }: ClusterExamination): Diagnosis {
  const name = 'cluster kinds';
  if (gaps.length === 0) return { name, status: 'ok', detail: 'all of them can be told' };
  const detail = gaps.map(({ group, version, reason }) => `${group}/${version}: ${reason}`).join('\n');
  return { name, status: 'warn', detail, fix: 'see which extension is broken: kubectl get apiservices' };
}

function judgeRights({ missing, excess }: ClusterExamination, { rights, environment }: NeededAccess): readonly Diagnosis[] {
  if (environment === undefined) {
    return excess.length === 0 ? [] : [tooMany(excess)];
  }
  const name = 'cluster rights';
  const enough: Diagnosis =
    missing.length === 0
      ? { name, status: 'ok', detail: `enough for ${environment} (${String(rights.length)} rights)` }
      : { name, status: 'fail', detail: lines('missing', missing), fix: `fairlead rbac -e ${environment} | kubectl apply -f -` };
  return excess.length === 0 ? [enough] : [enough, tooMany(excess)];
}

function tooMany(excess: readonly AccessQuestion[]): Diagnosis {
  const fix = 'take them away: what Fairlead can not do, nobody can make it do';
  return { name: 'cluster rights', status: 'warn', detail: lines('too many', excess), fix };
}

const shown = 20;

/** One line for each resource and place, its verbs together. */
function lines(what: string, questions: readonly AccessQuestion[]): string {
  const verbs = new Map<string, string[]>();
  for (const { group, resource, verb, namespace, name } of questions) {
    const object = `${resource}${group === '' ? '' : `.${group}`}${name === undefined ? '' : ` ${name}`}`;
    const place = `${object} ${namespace === undefined ? 'in the cluster' : `in namespace ${namespace}`}`;
    verbs.set(place, [...(verbs.get(place) ?? []), verb]);
  }
  const all = [...verbs].map(([place, held]) => `${what}: ${held.join(', ')} ${place}`);
  const rest = all.length - shown;
  return [...all.slice(0, shown), ...(rest > 0 ? [`… and ${String(rest)} more`] : [])].join('\n');
}
