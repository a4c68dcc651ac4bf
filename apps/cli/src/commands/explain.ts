import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { printDocument } from '../output/print.ts';

export const run: Run = async ({ terminal, args, format }) => {
  const [object = ''] = args;
  const named = object.startsWith('p-') ? `promotion/${object}` : object;
  const explanation = await (await connect(terminal))('explain', { query: { object: named } });
  const { summary, blockers, suspensions = [], steps } = explanation;
  const lines = [
    summary,
    ...blockers.flatMap(({ gate, message, since, expected, observed, who, fix }) => [
      '',
      `${gate}: ${message}`,
      `  since     ${since}`,
      `  expected  ${expected}`,
      ...(observed === undefined ? [] : [`  observed  ${observed}`]),
      `  can act   ${who.join(', ')}`,
      `  fix       ${fix}`,
    ]),
    ...suspensions.flatMap(({ environment, target, by, since, until, reason }) => [
      '',
      `suspended: ${target.name} on ${target.cluster}, by ${by}: ${reason}`,
      `  since     ${since}`,
      `  until     ${until}; or: fairlead environment resume ${environment}`,
    ]),
    ...(steps.length === 0 ? [] : ['', 'so far:', ...steps.map(({ at, what }) => `  ${at}  ${what}`)]),
  ];
  printDocument(terminal, format, { document: explanation, text: lines.join('\n') });
  return exitCode.done;
};
