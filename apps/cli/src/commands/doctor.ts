import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { diagnoseCheckout } from '../local/doctor/diagnose-checkout.ts';
import { diagnoseConfiguration } from '../local/doctor/diagnose-configuration.ts';
import { diagnoseGit } from '../local/doctor/diagnose-git.ts';
import { diagnoseNode } from '../local/doctor/diagnose-node.ts';
import { diagnosePostgres } from '../local/doctor/diagnose-postgres.ts';
import { diagnoseRenderer } from '../local/doctor/diagnose-renderer.ts';
import { diagnoseServer } from '../local/doctor/diagnose-server.ts';
import type { Diagnosis } from '../local/doctor/diagnosis.ts';
import { printList } from '../output/print.ts';

export const run: Run = async ({ terminal, format }) => {
  const looks: readonly Promise<Diagnosis>[] = [
    diagnoseGit(terminal.env['PATH']),
    diagnoseRenderer(),
    diagnosePostgres(),
    diagnoseConfiguration(terminal),
    diagnoseServer(terminal),
    diagnoseCheckout(terminal),
  ];
  const items = [diagnoseNode(process.version), ...(await Promise.all(looks))];
  const document = { apiVersion: 'fairlead.dev/v1', kind: 'DiagnosisList', items };
  const columns = [
    { title: 'what', of: ({ name }: Diagnosis) => name },
    { title: 'status', of: ({ status }: Diagnosis) => status },
    { title: 'found', of: ({ detail, fix }: Diagnosis) => (fix === undefined ? detail : `${detail}\nfix: ${fix}`) },
  ];
  printList(terminal, format, { document, listing: { columns, name: ({ name }) => `diagnosis/${name}`, empty: 'nothing was looked at' } });
  return items.some(({ status }) => status === 'fail') ? exitCode.contentSaysNo : exitCode.done;
};
