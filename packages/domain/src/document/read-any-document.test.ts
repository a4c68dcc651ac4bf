import { describe, expect, it } from 'vitest';
import { documentJsonSchema } from './json-schema.ts';
import { documentTypes, readAnyDocument } from './read-any-document.ts';

describe('a document of any kind', () => {
  it('is read as the kind that it says', () => {
    const text = 'apiVersion: fairlead.dev/v1\nkind: Policy\nmetadata: { name: a }\nspec: {}\n';

    expect(readAnyDocument(text, 'a.yaml')).toMatchObject({ kind: 'ok', value: { kind: 'Policy', metadata: { name: 'a' } } });
  });

  it('is refused with the kinds that there are', () => {
    const read = readAnyDocument('apiVersion: fairlead.dev/v1\nkind: Enviroment\n', 'a.yaml');

    const [problem] = read.kind === 'invalid' ? read.problems : [];
    expect([problem?.line, problem?.hint]).toEqual([2, 'did you mean Environment?']);
    expect(problem?.message).toMatch(/^expected kind: ControlRegister, .*, Service or ValidationPhase, found "Enviroment"$/);
  });
});

describe('a published schema', () => {
  it.each(documentTypes.map((type) => [type.kind, type] as const))('of %s describes what may be written', (kind, type) => {
    const schema = documentJsonSchema(type);

    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `https://fairlead.dev/schemas/v1/${kind}.schema.json`,
      title: kind,
      additionalProperties: false,
      properties: { apiVersion: { const: 'fairlead.dev/v1' }, kind: { const: kind } },
    });
    expect(JSON.stringify(schema)).not.toContain('readOnly');
  });

  it('asks for nothing that has a default', () => {
    const environment = documentTypes.find(({ kind }) => kind === 'Environment');

    expect(environment && documentJsonSchema(environment)).toMatchObject({
      properties: { spec: { required: ['tier', 'path', 'profile', 'delivery'], properties: { after: { default: [] } } } },
    });
  });
});
