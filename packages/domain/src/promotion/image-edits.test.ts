import { describe, expect, it } from 'vitest';
import { applySplices } from '../desired-state/apply-splices.ts';
import { Digest } from '../evidence/digest.ts';
import { imageEdits } from './image-edits.ts';
import type { ImagePin } from './image-pin.ts';

const api = `sha256:${'a'.repeat(64)}`;
const web = `sha256:${'b'.repeat(64)}`;
const old = `sha256:${'0'.repeat(64)}`;
const pins: readonly ImagePin[] = [
  { component: 'api', image: 'example.com/svc/api', repository: 'example.com/svc/api', digest: Digest.parse(api) },
  { component: 'web', image: 'web-image', repository: 'example.com/svc/web', digest: Digest.parse(web) },
];
const onlyApi = pins.slice(0, 1);

function edited(text: string, wanted: readonly ImagePin[] = pins): string {
  const result = imageEdits(text, wanted);
  return result.kind === 'edits' ? applySplices(text, result.splices) : result.kind;
}

describe('imageEdits', () => {
  it.each<[string, string, string]>([
    [
      'adds a digest after the last key',
      `# top\nimages:\n  - name: api # ours\n  # between\n  - name: other\n    newTag: v1\n`,
      `# top\nimages:\n  - name: api # ours\n    digest: ${api}\n  # between\n  - name: other\n    newTag: v1\n`,
    ],
    [
      'replaces a digest and keeps its quotes and comment',
      `images:\n- digest: '${old}'\t# pinned\n  name: api\nx: 1`,
      `images:\n- digest: '${api}'\t# pinned\n  name: api\nx: 1`,
    ],
    ['turns a tag into a digest', `images:\n- name: api\n  newTag: "1.40" # bot\n`, `images:\n- name: api\n  digest: "${api}" # bot\n`],
    [
      'takes the tag away where there is a digest',
      `images:\n- name: api\n  newTag: 1.40 # bot\n  digest: ${old}\n`,
      `images:\n- name: api\n  digest: ${api}\n`,
    ],
    [
      'takes a tag on the first line of an entry away',
      `images:\n- newTag: 1.40\n  name: api\n  digest: ${old}`,
      `images:\n- digest: ${api}\n  name: api`,
    ],
    ['fills an empty digest', 'images:\n- name: api\n  digest:\n', `images:\n- name: api\n  digest: ${api}\n`],
    [
      'writes into flow maps',
      `images: [{name: api, newTag: v1, digest: "${old}"}, { newTag: v2, name: x }]\n`,
      `images: [{name: api, digest: "${api}"}, { newTag: v2, name: x }]\n`,
    ],
    ['adds to a flow map', 'images:\n  - { name: api }\n', `images:\n  - { name: api, digest: ${api} }\n`],
    ['adds to JSON as JSON', '{"images": [{"name": "api"}]}', `{"images": [{"name": "api", "digest": "${api}"}]}`],
    [
      'keeps CRLF and a missing last line break',
      'a: ü🙂\r\nimages:\r\n- name: api',
      `a: ü🙂\r\nimages:\r\n- name: api\r\n  digest: ${api}`,
    ],
    ['counts a byte order mark', `\uFEFFimages:\n- name: api\n`, `\uFEFFimages:\n- name: api\n  digest: ${api}\n`],
    [
      'finds an entry by its new name',
      `images:\n- name: x\n  newName: example.com/svc/api\n`,
      `images:\n- name: x\n  newName: example.com/svc/api\n  digest: ${api}\n`,
    ],
  ])('%s', (_, before, after) => {
    expect(edited(before, onlyApi)).toBe(after);
  });

  it.each<[string, string, string]>([
    [
      'after the last entry, in the list’s own indentation',
      `images:\n-   name: api\n    digest: ${api} # a\n\n# b\nx: 1\n`,
      `images:\n-   name: api\n    digest: ${api} # a\n-   name: web-image\n    newName: example.com/svc/web\n    digest: ${web}\n\n# b\nx: 1\n`,
    ],
    [
      'after an entry that gets its digest at the same place',
      `images:\n  - name: api`,
      `images:\n  - name: api\n    digest: ${api}\n  - name: web-image\n    newName: example.com/svc/web\n    digest: ${web}`,
    ],
    [
      'as a flow map where the last one is',
      `images:\n- {name: api, digest: ${api}}\n`,
      `images:\n- {name: api, digest: ${api}}\n- {name: web-image, newName: example.com/svc/web, digest: ${web}}\n`,
    ],
    [
      'in a flow list on lines of its own',
      `images: [\n  { name: api, digest: ${api} },\n]\n`,
      `images: [\n  { name: api, digest: ${api} },\n  { name: web-image, newName: example.com/svc/web, digest: ${web} },\n]\n`,
    ],
    [
      'in a flow list on one line',
      `images: [{ name: api, digest: ${api} }]\n`,
      `images: [{ name: api, digest: ${api} }, { name: web-image, newName: example.com/svc/web, digest: ${web} }]\n`,
    ],
  ])('appends a missing entry %s', (_, before, after) => {
    expect(edited(before)).toBe(after);
  });

  it.each<[string, string, string]>([
    ['an empty list', 'images: [] # none\nx: 1\n', `images:\n  - name: example.com/svc/api\n    digest: ${api} # none\nx: 1\n`],
    ['no value', 'images: # to come\nx: 1\n', `images: # to come\n  - name: example.com/svc/api\n    digest: ${api}\nx: 1\n`],
    ['no key', 'resources:\n- a\n# end\n', `resources:\n- a\nimages:\n- name: example.com/svc/api\n  digest: ${api}\n# end\n`],
    [
      'no key after a block scalar',
      'patches:\n  - patch: |-\n      a: 1\n\n',
      `patches:\n  - patch: |-\n      a: 1\nimages:\n  - name: example.com/svc/api\n    digest: ${api}\n\n`,
    ],
    ['no key and no line break', 'resources: [a]', `resources: [a]\nimages:\n  - name: example.com/svc/api\n    digest: ${api}`],
  ])('begins a list where there is %s', (_, before, after) => {
    expect(edited(before, onlyApi)).toBe(after);
  });

  it('does nothing to what is pinned, whatever the spelling', () => {
    const text = `images: [{digest: "${api}", name: 'api'}, {name: web-image, digest: ${web}}]`;

    expect(imageEdits(text, pins)).toEqual({ kind: 'edits', splices: [] });
  });

  it('says that two entries are one component’s', () => {
    const text = 'images:\n- name: api\n- name: example.com/svc/api\n';

    expect(imageEdits(text, onlyApi)).toEqual({ kind: 'ambiguous', components: ['api'], entries: ['api', 'example.com/svc/api'] });
  });

  it('says that one entry is two components’', () => {
    const text = 'images:\n- name: api\n  newName: example.com/svc/web\n';

    expect(imageEdits(text, pins)).toEqual({ kind: 'ambiguous', components: ['api', 'web'], entries: ['api'] });
  });

  it.each([
    ['an anchor on the entry', 'images:\n- &a\n  name: api\n'],
    ['an anchored digest that others use', `images:\n- name: api\n  digest: &d ${old}\n- name: x\n  digest: *d\n`],
    ['an alias for the list', 'x: &i [{name: api}]\nimages: *i\n'],
    ['an alias for the entry', 'x: &i {name: api}\nimages: [*i]\n'],
    ['a tag from a merge key', 'x: &i {newTag: v1}\nimages:\n- <<: *i\n  name: api\n'],
    ['a list that is a map', 'images: {name: api}\n'],
    ['text that is not YAML', 'images: [\n'],
    ['two documents', 'images: []\n---\na: 1\n'],
    ['a comment inside an empty list', 'images: [ # c\n]\n'],
    ['an alias without an anchor', 'images: [*nowhere]\n'],
    ['nothing', ''],
    ['a tag as a block', 'images:\n- name: api\n  newTag: |\n    v1\n'],
  ])('leaves %s to a person', (_, text) => {
    expect(imageEdits(text, onlyApi)).toMatchObject({ kind: 'not-editable' });
  });

  it('edits beside anchors that have nothing to do with it', () => {
    const text = 'x: &x 1\nimages:\n- name: api\n- name: other\n  newTag: *x\n';

    expect(edited(text, onlyApi)).toBe(`x: &x 1\nimages:\n- name: api\n  digest: ${api}\n- name: other\n  newTag: *x\n`);
  });
});
