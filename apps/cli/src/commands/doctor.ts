import { z } from 'zod';
import type { Invocation, Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { clusterAccess, ClusterOptions } from '../local/cluster-access.ts';
import { diagnoseCheckout } from '../local/doctor/diagnose-checkout.ts';
import { diagnoseCluster, type NeededAccess } from '../local/doctor/diagnose-cluster.ts';
import { diagnoseConfiguration } from '../local/doctor/diagnose-configuration.ts';
import { diagnoseGit } from '../local/doctor/diagnose-git.ts';
import { diagnoseNode } from '../local/doctor/diagnose-node.ts';
import { diagnosePostgres } from '../local/doctor/diagnose-postgres.ts';
import { diagnoseRenderer } from '../local/doctor/diagnose-renderer.ts';
import { diagnoseServer } from '../local/doctor/diagnose-server.ts';
import type { Diagnosis } from '../local/doctor/diagnosis.ts';
import { environmentAccess } from '../local/environment-access.ts';
import { environmentToLookAt } from '../local/environment-named.ts';
import { KubeconfigNamed } from '../local/kubeconfig-named.ts';
import { openWorld } from '../local/wire.ts';
import { parseOptions } from '../options.ts';
import { printList } from '../output/print.ts';
import { UsageError } from '../usage-error.ts';

const text = z.string().min(1, 'is empty').optional();
const Options = ClusterOptions.extend({ kubeconfig: z.array(KubeconfigNamed).default([]), environment: text, cluster: text });

export const run: Run = async (invocation) => {
  const { terminal, format } = invocation;
  const cluster = await clusterLooks(invocation);
  const looks: readonly Promise<Diagnosis>[] = [
    diagnoseGit(terminal.env['PATH']),
    diagnoseRenderer(),
    diagnosePostgres(),
    diagnoseConfiguration(terminal),
    diagnoseServer(terminal),
    diagnoseCheckout(terminal),
  ];
  const items = [diagnoseNode(process.version), ...(await Promise.all(looks)), ...cluster];
  const document = { apiVersion: 'fairlead.dev/v1', kind: 'DiagnosisList', items };
  const columns = [
    { title: 'what', of: ({ name }: Diagnosis) => name },
    { title: 'status', of: ({ status }: Diagnosis) => status },
    { title: 'found', of: ({ detail, fix }: Diagnosis) => (fix === undefined ? detail : `${detail}\nfix: ${fix}`) },
  ];
  printList(terminal, format, { document, listing: { columns, name: ({ name }) => `diagnosis/${name}`, empty: 'nothing was looked at' } });
  return items.some(({ status }) => status === 'fail') ? exitCode.contentSaysNo : exitCode.done;
};

/** Only where a command is pointed to some, each on its own: one that is down hides none. */
async function clusterLooks({ terminal, options: given }: Invocation): Promise<readonly Diagnosis[]> {
  const { kubeconfig: kubeconfigs, ...options } = parseOptions(Options, given);
  const several = kubeconfigs.length > 1;
  if (several && options.context !== undefined) throw new UsageError('--context is of one kubeconfig', 'give one --kubeconfig with it');
  const looks = kubeconfigs.map(async ({ cluster, path }): Promise<readonly Diagnosis[]> => {
    const access = clusterAccess({ ...options, kubeconfig: path }, terminal);
    const of = { ...options, cluster: cluster ?? options.cluster };
    const diagnoses = await diagnoseCluster(access, await needed({ terminal }, of));
    return several ? diagnoses.map((one) => ({ ...one, name: `${one.name} of ${cluster ?? path}` })) : diagnoses;
  });
  return (await Promise.all(looks)).flat();
}

type Asked = Pick<z.infer<typeof Options>, 'environment' | 'cluster'>;

async function needed({ terminal }: Pick<Invocation, 'terminal'>, options: Asked): Promise<NeededAccess> {
  if (options.environment === undefined) return { rights: [], environment: undefined };
  await using world = await openWorld(terminal);
  const environment = await environmentToLookAt(world, options.environment);
  const rights = await environmentAccess(terminal, world, { environment, cluster: options.cluster, sources: [] });
  return { rights, environment: environment.name };
}
