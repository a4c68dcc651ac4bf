import type { Html } from '../../document/html.ts';
import type { EvidenceType } from '../evidence-type.ts';
import type { BundledRecord } from './bundled-record.ts';
import { section, table } from './page-table.ts';

/** What auditors ask of a change, by which control, and the records that answer. */
const controls: readonly (readonly [ask: string, control: string, types: readonly EvidenceType[]])[] = [
  ['Who asked for the change, and what it does', 'SOC 2 CC8.1 · ISO 27001 A.8.32 · PCI 6.5.1', ['promotion-plan']],
  ['Independent approval before deployment', 'SOC 2 CC8.1 · ISO 27001 A.8.32 · PCI 6.5.1', ['approval', 'gate']],
  [
    'Exactly what was approved was deployed',
    'SOC 2 CC8.1',
    ['release-manifest', 'desired-state', 'merge', 'sync-observation', 'live-digests'],
  ],
  ['Tests ran on it and passed', 'SOC 2 CC8.1 · ISO 27001 A.8.32 · PCI 6.5.1', ['validation']],
  [
    'Nothing changed outside the process',
    'SOC 2 CC8.1 · ISO 27001 A.8.32',
    ['live-observation', 'unauthorised-change', 'drift-opened', 'drift-resolved'],
  ],
  ['Exceptions are approved and end', 'SOC 2 CC8.1 · ISO 27001 A.8.32', ['exception', 'revocation']],
  ['The outcome, and that nothing is left out', 'SOC 2 CC8.1 · ISO 27001 A.8.32', ['readiness', 'promotion-closure']],
];

export function controlSection(records: readonly BundledRecord[]): Html {
  const rows = controls.map(([ask, control, types]) => {
    const entries = records.filter(({ type }) => types.includes(type)).map(({ index }) => String(index));
    return [ask, control, entries.length === 0 ? 'none on record' : entries.join(', ')];
  });
  return section('Controls', table(['Ask', 'Control', 'Log entries'], rows));
}
