import { describe, expect, it } from 'vitest';
import { diffText } from './diff-text.ts';

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
