import { didYouMean, documentJsonSchema, documentTypes, NotFoundError } from '@fairlead/domain';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';

export const run: Run = ({ terminal, args: [asked] }) => {
  const kinds = documentTypes.map(({ kind }) => kind);
  const type = documentTypes.find(({ kind }) => kind === asked);
  if (asked !== undefined && type === undefined) {
    const meant = didYouMean(asked, kinds);
    const hint = meant === undefined ? `there are: ${kinds.join(', ')}` : `did you mean ${meant}?`;
    throw new NotFoundError('kind-unknown', `there is no kind ${JSON.stringify(asked)}`, { hint });
  }
  const text = type === undefined ? kinds.toSorted().join('\n') : JSON.stringify(documentJsonSchema(type), undefined, 2);
  terminal.stdout.write(`${text}\n`);
  return Promise.resolve(exitCode.done);
};
