import { type ObjectSchemas } from '@fairlead/domain';
import { must, type CallApi } from '../api.ts';
import type { Observation } from './observe-defaults.ts';
import { recordDefaults, type RecordedDefaults } from './record-defaults.ts';

/** A generated file, by its name in the folder of tables. */
export interface Table {
  readonly name: string;
  readonly text: string;
}

/** What was seen of a server that holds nothing but what a new one holds. */
export interface Seen {
  readonly schemas: ObjectSchemas;
  readonly observations: readonly Observation[];
}

/** The tables that follow from it, the same bytes each time. */
export async function tablesOf(api: CallApi, { schemas, observations }: Seen): Promise<readonly Table[]> {
  const [, version = ''] = /"gitVersion": *"([^"]+)"/.exec(await must(api('GET', '/version'))) ?? [];
  const head = `// Made by \`npm run generate:drift-tables\` from Kubernetes ${version}. Not for editing.\n`;
  return [
    { name: 'api-defaults.generated.ts', text: head + defaultsText(recordDefaults(observations)) },
    { name: 'built-in-schemas.generated.ts', text: head + schemasText(schemas) },
  ];
}

function defaultsText({ podTemplate, kinds }: RecordedDefaults): string {
  const lists = Object.entries(kinds).map(([kind, defaults]) => `  ${JSON.stringify(kind)}: ${list(defaults, '    ')},\n`);
  return `import type { ApiDefault } from './api-default.ts';

/** By \`group/Kind\`, beyond what \`podTemplateDefaults\` has. */
export const kindDefaults: Readonly<Record<string, readonly ApiDefault[]>> = {
${lists.join('')}};

/** Paths from the template. */
export const podTemplateDefaults: readonly ApiDefault[] = ${list(podTemplate, '  ')};
`;
}

function list(items: readonly unknown[], indent: string): string {
  return `[\n${items.map((item) => `${indent}${JSON.stringify(item)},\n`).join('')}${indent.slice(2)}]`;
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
