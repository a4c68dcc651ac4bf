import { describe, expect, it } from 'vitest';
import { diffMarkdown } from './diff-markdown.ts';
import { comparisonText, diffText } from './diff-text.ts';

const object = { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'pc', name: 'c' };

describe('diffText', () => {
  it('shows each environment that changes, and the others on one line', () => {
    const text = diffText(
      [
        { environment: 'a', path: 'a', kind: 'unchanged' },
        {
          environment: 'b',
          path: 'b',
          kind: 'changed',
          changes: [{ kind: 'changed', object, fields: [{ path: '/data/x', before: '1', after: '2' }] }],
        },
        { environment: 'c', path: 'c', kind: 'failed', side: 'before', code: 'remote-base', message: 'no', fix: 'copy it' },
        { environment: 'd', path: 'd', kind: 'unchanged' },
      ],
      false,
    );

    expect(text).toBe(`b
  ~ ConfigMap pc/c
      /data/x: 1 → 2

c
  as it was it does not render: no (remote-base)
  fix: copy it

unchanged: a, d
`);
  });

  it('says where the controller may render otherwise', () => {
    const unproven = [{ reason: '1 object is encrypted' }];

    expect(diffText([{ environment: 'a', path: 'a', kind: 'changed', changes: [], unproven }], false)).toContain(
      'a\n  render parity unproven: 1 object is encrypted',
    );
  });

  it('counts the objects of environments that come and go', () => {
    const changes = [
      { kind: 'added' as const, object },
      { kind: 'added' as const, object: { ...object, name: 'd' } },
      { kind: 'added' as const, object: { ...object, kind: 'Service' } },
    ];

    expect(diffText([{ environment: 'a', path: 'a', kind: 'added', changes }], false)).toBe(
      'a (new)\n  + 3 objects: 2 ConfigMap, 1 Service\n',
    );
    expect(diffText([{ environment: 'a', path: 'a', kind: 'removed', changes }], false)).toContain('a (gone)\n  - 3 objects');
  });
});

describe('comparisonText', () => {
  const changes = [{ kind: 'changed' as const, object, fields: [{ path: '/data/x', before: '1', after: '2\u001B[2J' }] }];
  const compared = { kind: 'compared' as const, changes, namespaces: [{ one: 'shop-staging', other: 'shop-prod' }] };

  it('says which namespaces stand for each other and how the second differs, with nothing that a terminal obeys', () => {
    expect(comparisonText({ from: 'staging', to: 'prod', compared }, false)).toBe(`staging → prod
  namespace shop-staging → shop-prod
  ~ ConfigMap pc/c
      /data/x: 1 → "2\\u001b[2J"
`);
  });

  it('says so where they are the same, and where one does not render', () => {
    const failed = { kind: 'failed' as const, environment: 'prod', code: 'render-failed', message: 'no', fix: 'add it' };

    expect(comparisonText({ from: 'a', to: 'b', compared: { ...compared, changes: [] } }, false)).toContain('the same objects');
    expect(comparisonText({ from: 'a', to: 'prod', compared: failed }, false)).toContain(
      'prod does not render: no (render-failed)\n  fix: add it',
    );
  });
});

describe('diffMarkdown', () => {
  const changed = (environment: string, value: string) => ({
    environment,
    path: environment,
    kind: 'changed' as const,
    changes: [{ kind: 'changed' as const, object, fields: [{ path: '/data/x', before: '1', after: value }] }],
  });

  it('folds each environment, and no value ends its fence', () => {
    const text = diffMarkdown([changed('a<b>@team', 'x\n````\n<b>'), { environment: 'c', path: 'c', kind: 'unchanged' }]);

    expect(text).toContain('**fairlead diff**: 1 of 2 environments change');
    expect(text).toContain('<summary>a&lt;b>@\u2060team: 1 object</summary>');
    expect(text.match(/^`{5}(diff)?$/gm)).toHaveLength(2);
    expect(text).toContain('Unchanged: c\n');
  });

  it('fits into a comment', () => {
    const many = Array.from({ length: 40 }, (_, index) => {
      const fields = Array.from({ length: 100 }, (_, at) => ({ path: `/data/${String(at)}`, before: '1', after: 'x'.repeat(150) }));
      return { ...changed(`e${String(index)}`, ''), changes: [{ kind: 'changed' as const, object, fields }] };
    });

    expect(diffMarkdown(many).length).toBeLessThan(65_536);
    expect(diffMarkdown(many)).toContain('more lines');
  });
});
