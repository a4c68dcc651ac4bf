import { describe, expect, it } from 'vitest';
import { memoryTree } from '../testing/memory-tree.ts';
import { writtenExceptions } from './written-exceptions.ts';

const exception = `apiVersion: fairlead.dev/v1
kind: PolicyException
metadata: { name: x }
spec:
  rules: [image-not-pinned]
  targets: [{ environment: prod }]
  reason: the mirror has no digest yet
  requestedBy: ada
  approvedBy: [bob]
  notBefore: 2026-11-01T00:00:00Z
  expiresAt: 2026-11-30T00:00:00Z
`;

describe('writtenExceptions', () => {
  it('finds those of every folder, a service root or not, and nothing else', async () => {
    const tree = memoryTree({
      '.fairlead/exceptions/a.yaml': exception,
      'shop/.fairlead/exceptions/b.yml': exception,
      '.fairlead/exceptions/README.md': 'what they are',
      '.fairlead/exceptions/old/c.yaml': exception,
    });

    const { exceptions, findings } = await writtenExceptions(tree);

    expect(exceptions.map(({ file, root, expiry }) => ({ file, root, line: expiry.line }))).toEqual([
      { file: '.fairlead/exceptions/a.yaml', root: '', line: 11 },
      { file: 'shop/.fairlead/exceptions/b.yml', root: 'shop', line: 11 },
    ]);
    expect(findings).toEqual([]);
  });

  it('takes none that lasts longer than the policy allows, and says so', async () => {
    const tree = memoryTree({ '.fairlead/exceptions/a.yaml': exception.replace('2026-11-30', '2027-11-01') });

    const { exceptions, findings } = await writtenExceptions(tree);

    expect(exceptions).toEqual([]);
    expect(findings).toMatchObject([
      { rule: 'document-invalid', line: 11, message: 'the exception lasts 365 days; the policy allows 30 days' },
    ]);
  });

  it('takes none that is wrong, and says what is', async () => {
    const { exceptions, findings } = await writtenExceptions(memoryTree({ '.fairlead/exceptions/a.yaml': 'kind: Policy\n' }));

    expect(exceptions).toEqual([]);
    expect(findings).toHaveLength(1);
  });
});
