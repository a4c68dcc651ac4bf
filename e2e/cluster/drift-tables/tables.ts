import { type ObjectSchemas } from '@fairlead/domain';
import { must, type CallApi } from '../api.ts';
import { readSchemas } from './read-schemas.ts';

/** A generated file, by its name in the folder of tables. */
export interface Table {
  readonly name: string;
  readonly text: string;
}

/** The tables that follow from a server, the same bytes each time. It must hold nothing but what a new one holds. */
export async function readTables(api: CallApi): Promise<readonly Table[]> {
  const [, version = ''] = /"gitVersion": *"([^"]+)"/.exec(await must(api('GET', '/version'))) ?? [];
  const head = `// Made by \`npm run generate:drift-tables\` from Kubernetes ${version}. Not for editing.\n`;
  return [{ name: 'built-in-schemas.generated.ts', text: head + schemasText(await readSchemas(api)) }];
}

function schemasText({ definitions, kinds }: ObjectSchemas): string {
  return `import type { ObjectSchemas } from './object-schema.ts';

export const builtInSchemas: ObjectSchemas = {
  definitions: ${rows(definitions)},
  kinds: ${rows(kinds)},
};
`;
}

/** One entry a line, so that a change of the server shows as a change of lines. */
function rows(record: Readonly<Record<string, unknown>>): string {
  return `{\n${Object.entries(record)
    .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`)
    .join('')}  }`;
}
