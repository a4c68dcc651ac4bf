import type { DriftView } from '@fairlead/api';
import { objectName } from '@fairlead/domain';
import { stringify } from 'yaml';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { driftIdOf } from '../drift-id-of.ts';
import { exitCode } from '../exit-code.ts';
import { printDocument } from '../output/print.ts';

export const run: Run = async ({ terminal, args: [word], format }) => {
  const call = await connect(terminal);
  const document = await call('getDrift', { params: { id: await driftIdOf(call, word) } });
  const at = document.actions.map(({ id, kind, status, requestedBy, detail }) =>
    line('at work', `${kind} ${id} of ${requestedBy.id}: ${status}${detail === undefined ? '' : `, ${detail}`}`),
  );
  printDocument(terminal, format, { document, text: [...linesOf(document.drift), ...at].join('\n') });
  return exitCode.done;
};

function linesOf(drift: DriftView): readonly string[] {
  const { id, class: how, severity, object, path, by, environment, target, firstSeen, resolvedAt, excused, ignoredBy, opened } = drift;
  const { manager = 'unknown', changedAt, changedAtIs } = by;
  const bound = changedAtIs === 'entry' ? 'at the latest' : 'first seen';
  return [
    `${objectName(object)}${path} (${how}, ${severity})`,
    line('id', id),
    line('environment', `${environment}, ${target}`),
    line('by', `${manager}: a client, not a person; who used it, an audit log knows`),
    ...(changedAt === undefined ? [] : [line('when', `${changedAt} (${bound})`)]),
    line('seen since', firstSeen),
    ...valueLines('desired', drift.desired),
    ...valueLines('live', drift.live),
    ...(drift.redacted === true ? [line('note', 'the values are a secret: only their keyed hashes are kept')] : []),
    ...(ignoredBy === undefined ? [] : [line('ignored by', ignoredBy)]),
    ...(excused === undefined ? [] : [line('excused', `by ${excused.exception} until ${excused.until}`)]),
    ...(resolvedAt === undefined ? [] : [line('gone since', resolvedAt)]),
    ...(opened === undefined ? [] : [line('evidence', opened)]),
  ];
}

function line(title: string, text: string): string {
  return `  ${title.padEnd(12)} ${text}`;
}

function valueLines(title: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  const text = stringify(value, { lineWidth: 0 }).trimEnd();
  return text.includes('\n') ? [line(title, ''), ...text.split('\n').map((one) => `    ${one}`)] : [line(title, text)];
}
