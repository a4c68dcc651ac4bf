import { describe, expect, it } from 'vitest';
import { builtInSchema } from '../fields/built-in-schemas.ts';
import type { Json } from '../json/json.ts';
import { strategicMergePatch } from './strategic-merge-patch.ts';

const pods = builtInSchema('pods.');

function patched(spec: Json, patch: Json): Json {
  return strategicMergePatch(pods, { spec }, { spec: patch });
}

describe('strategicMergePatch', () => {
  it('merges keyed lists and puts new items of the patch first', () => {
    const spec = { containers: [{ name: 'a', image: 'a:1', args: ['x'] }] };
    const patch = {
      containers: [
        { name: 'b', image: 'b:1' },
        { name: 'a', image: 'a:2' },
      ],
    };

    expect(patched(spec, patch)).toEqual({
      spec: {
        containers: [
          { name: 'b', image: 'b:1' },
          { name: 'a', image: 'a:2', args: ['x'] },
        ],
      },
    });
  });

  it('replaces lists without a key, and merges atomic objects all the same', () => {
    const spec = { tolerations: [{ key: 'a' }], nodeSelector: { a: '1' } };

    expect(patched(spec, { tolerations: [{ key: 'b' }], nodeSelector: { b: '2' } })).toEqual({
      spec: { tolerations: [{ key: 'b' }], nodeSelector: { a: '1', b: '2' } },
    });
  });

  it('follows the element order that the patch gives', () => {
    const spec = { volumes: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] };
    const patch = { '$setElementOrder/volumes': [{ name: 'c' }, { name: 'a' }], volumes: [{ name: 'b', $patch: 'delete' }] };

    expect(patched(spec, patch)).toEqual({ spec: { volumes: [{ name: 'c' }, { name: 'a' }] } });
  });

  it('keeps what only the live list has in its place', () => {
    const spec = { volumes: [{ name: 'a' }, { name: 'mine' }, { name: 'b' }] };
    const patch = { '$setElementOrder/volumes': [{ name: 'a' }, { name: 'b' }] };

    expect(patched(spec, patch)).toEqual({ spec: { volumes: [{ name: 'a' }, { name: 'mine' }, { name: 'b' }] } });
  });

  it('replaces a list or an object that the patch says to replace', () => {
    const spec = { containers: [{ name: 'a' }], securityContext: { runAsUser: 1 } };
    const patch = { containers: [{ $patch: 'replace' }, { name: 'b' }], securityContext: { $patch: 'replace', runAsGroup: 2 } };

    expect(patched(spec, patch)).toEqual({ spec: { containers: [{ name: 'b' }], securityContext: { runAsGroup: 2 } } });
  });

  it('drops members that a patch does not retain', () => {
    const spec = { volumes: [{ name: 'v', emptyDir: {} }] };
    const patch = { volumes: [{ name: 'v', $retainKeys: ['name', 'configMap'], configMap: { name: 'c' } }] };

    expect(patched(spec, patch)).toEqual({ spec: { volumes: [{ name: 'v', configMap: { name: 'c' } }] } });
  });

  it('adds to finalizers and takes from them', () => {
    const target = { metadata: { finalizers: ['a', 'b'] } };
    const patch = { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'], finalizers: ['c'] } };

    expect(strategicMergePatch(pods, target, patch)).toEqual({ metadata: { finalizers: ['c', 'b'] } });
  });
});
