import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { applySplices } from '../desired-state/apply-splices.ts';
import { Digest } from '../evidence/digest.ts';
import { imageEdits } from './image-edits.ts';
import type { ImagePin } from './image-pin.ts';

const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => Digest.parse(`sha256:${hex}`));
const component = fc.constantFrom('api', 'web', 'größe', 'worker-1');
const pin = fc.record({ component, digest, elsewhere: fc.boolean() }).map(({ component: name, digest: pinned, elsewhere }): ImagePin => {
  const image = `example.com/svc/${name}`;
  return { component: name, image, repository: elsewhere ? `mirror.example.com/${name}` : image, digest: pinned };
});
const pins = fc.uniqueArray(pin, { selector: ({ component: name }) => name, maxLength: 4 });

const comment = fc.constantFrom('', '', ' # why', '\t# größe 🙂: {x: [', ' # "quoted');
const quotes = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => `"${text}"`,
  (text) => `'${text}'`,
);
const name = fc.oneof(
  component,
  component.map((value) => `example.com/svc/${value}`),
  fc.constantFrom('nginx', '🙂/x'),
);
const extra = fc.constantFrom<string>(
  'newTag: 1.40',
  'newTag: "v1"',
  `digest: sha256:${'0'.repeat(64)}`,
  `digest: 'sha256:${'1'.repeat(64)}'`,
  'newName: other',
);
const keys = fc
  .tuple(name, quotes, fc.uniqueArray(extra, { selector: (pair) => pair.split(':')[0], maxLength: 3 }), fc.nat())
  .map(([value, quote, extras, at]) => extras.toSpliced(at % (extras.length + 1), 0, `name: ${quote(value)}`));

const blockEntry = fc
  .record({
    keys,
    gap: fc.constantFrom(' ', '   '),
    comments: fc.array(comment, { minLength: 4, maxLength: 4 }),
    blank: fc.constantFrom('', '\n', '\n# between\n'),
  })
  .map(({ keys: pairs, gap, comments, blank }) => (indent: string) => {
    const lines = pairs.map((pair, index) => `${indent}${index === 0 ? `-${gap}` : ` ${gap}`}${pair}${comments[index] ?? ''}`);
    return `${lines.join('\n')}\n${blank}`;
  });
const flowEntry = fc.record({ keys, pad: fc.constantFrom('', ' ') }).map(({ keys: pairs, pad }) => `{${pad}${pairs.join(', ')}${pad}}`);

const blockList = fc
  .tuple(fc.array(blockEntry, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '  ', '    '))
  .map(([entries, indent]) => `images:\n${entries.map((entry) => entry(indent)).join('')}`);
const flowList = fc
  .tuple(fc.array(flowEntry, { maxLength: 4 }), fc.constantFrom(', ', ',\n  '), comment)
  .map(([entries, comma, after]) => `images: [${entries.join(comma)}]${after}\n`);
const mixedList = fc
  .tuple(fc.array(flowEntry, { minLength: 1, maxLength: 4 }), comment)
  .map(([entries, after]) => `images:\n${entries.map((entry) => `  - ${entry}${after}\n`).join('')}`);
const images = fc.oneof(blockList, flowList, mixedList, fc.constantFrom('', 'images:\n', 'images: # none yet\n', 'images: []\n'));

const before = fc.constantFrom('', '# größe 🙂\n', 'resources:\n- a\n', 'patches:\n  - patch: |-\n      images:\n        - name: api\n');
const after = fc.constantFrom('', 'namespace: x\n', '# the end', 'labels: { a: "b" } # c', 'patch:\n  - text: |\n      x\n\n');
const overlay = fc
  .record({ before, images, after, crlf: fc.boolean(), mark: fc.boolean(), cut: fc.boolean() })
  .map(({ before: head, images: list, after: tail, crlf, mark, cut }) => {
    const text = `${mark ? '\uFEFF' : ''}kind: Kustomization\n${head}${list}${tail}`;
    const whole = cut ? text.replace(/\n$/, '') : text;
    return crlf ? whole.replaceAll('\n', '\r\n') : whole;
  });

const editable = fc.tuple(overlay, pins).map(([text, wanted]) => ({ text, wanted, result: imageEdits(text, wanted) }));

function inOrder(wanted: readonly string[], lines: readonly string[]): boolean {
  const left = [...wanted];
  for (const line of lines) if (line === left[0]) left.shift();
  return left.length === 0;
}

describe('imageEdits', () => {
  it('keeps every other line, and gives YAML with the digests', () => {
    fc.assert(
      fc.property(editable, ({ text, wanted, result }) => {
        fc.pre(result.kind === 'edits');
        const edited = applySplices(text, result.splices);

        const untouched = text.split(/\r?\n/).filter((line) => !/newTag|digest|images|[{[]/.test(line));
        expect(inOrder(untouched, edited.split(/\r?\n/))).toBe(true);
        const { images: list } = z.object({ images: z.unknown().optional() }).parse(parse(edited, { logLevel: 'silent' }));
        for (const { digest: pinned } of wanted) expect(list).toContainEqual(expect.objectContaining({ digest: pinned }));
        expect(edited.includes('\r\n')).toBe(text.includes('\r\n'));
        expect(/[^\r]\n/.test(edited) && text.includes('\r\n')).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('has nothing to do after it was done', () => {
    fc.assert(
      fc.property(editable, ({ text, wanted, result }) => {
        fc.pre(result.kind === 'edits');

        expect(imageEdits(applySplices(text, result.splices), wanted)).toEqual({ kind: 'edits', splices: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('can edit every overlay without anchors whose entries are clear', () => {
    fc.assert(
      fc.property(editable, ({ result }) => {
        expect(result.kind).not.toBe('not-editable');
      }),
      { numRuns: 300 },
    );
  });
});
