import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseManifestFile } from '../manifest-file.ts';
import { quickDocuments } from './quick-documents.ts';

const line = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'kind: Secret',
      'a:',
      '  b: 1',
      '  - x',
      '- x: y',
      '  c: |',
      '    text',
      '---',
      '# note',
      '',
      '    - "q: r"',
      "  'd': 'it''s'",
      '  e: {f: g, "h": [1, 2]}',
      '- - z',
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('', '  ', '    ', '- ', '  - '),
        fc.string({ unit: fc.constantFrom(...'ab1:-# "\'{}[],|>&*!~.%@?\\\t0'.split('')) }),
      )
      .map(([indent, rest]) => indent + rest),
  },
);
const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => typeof value === 'object' && value !== null);
const anchored = fc.record({
  name: fc.string(),
  list: fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), json)),
  map: fc.dictionary(fc.string(), json),
});

function expectSame(text: string): void {
  const quick = quickDocuments(text);
  if (quick !== undefined) expect({ kind: 'read', documents: quick }).toEqual(parseManifestFile(text, 'x.yaml'));
}

describe('what is read quickly', () => {
  it('is what the parser reads, for any lines', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        expectSame(lines.join('\n'));
        expectSame(`${lines.join('\n')}\n`);
      }),
      { numRuns: 3000 },
    );
  });

  it('is what the parser reads, for any YAML that a program writes', () => {
    fc.assert(
      fc.property(anchored, (value) => {
        expectSame(stringify(value));
        expectSame(stringify(value, { defaultStringType: 'QUOTE_DOUBLE' }));
      }),
    );
  });

  it('is what the parser reads, for any JSON', () => {
    fc.assert(
      fc.property(json, (value) => {
        expectSame(JSON.stringify(value));
        expectSame(JSON.stringify(value, null, 2));
      }),
    );
  });

  it('is a manifest as people write it', () => {
    const text = `# the web
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # short
  labels: { app: web, "a/b": 'c' }
spec:
  template:
    spec:
      containers:
      - name: api
        image: "r.example.com/api:1"
        args: [serve, --port=8080]
        env:
          - name: A
            value: "1"
      volumes:
        - name: c
          configMap: { name: c }
data:
  conf: |
    a = b

    c: d
  last: |-
    x
`;

    expect(quickDocuments(text)).toBeDefined();
    expectSame(text);
  });
});
