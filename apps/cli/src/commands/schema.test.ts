import { documentTypes } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { memoryTerminal } from '../testing/memory-terminal.ts';
import { run } from './schema.ts';

async function schema(...args: readonly string[]): Promise<string> {
  const terminal = memoryTerminal();
  await run({ terminal, args, options: {}, format: 'table', commands: [], program: () => Promise.resolve(0) });
  return terminal.said.stdout;
}

describe('fairlead schema', () => {
  it('lists the kinds, and prints the schema of each', async () => {
    const kinds = (await schema()).trim().split('\n');

    expect(kinds).toHaveLength(documentTypes.length);
    for (const kind of kinds) expect(JSON.parse(await schema(kind))).toMatchObject({ title: kind, type: 'object' });
  });

  it('knows which kind was meant', () => {
    expect(() =>
      run({
        terminal: memoryTerminal(),
        args: ['Enviroment'],
        options: {},
        format: 'table',
        commands: [],
        program: () => Promise.resolve(0),
      }),
    ).toThrow(expect.objectContaining({ hint: 'did you mean Environment?' }));
  });
});
