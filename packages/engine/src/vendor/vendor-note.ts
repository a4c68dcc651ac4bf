import type { PinnedBase } from '@fairlead/domain';

/** Says beside a copy where it is from. */
export function vendorNote({ repository, commit }: PinnedBase): string {
  return [
    '# Copied by `fairlead vendor`',
    '',
    `From ${repository}`,
    `at commit ${commit}.`,
    '',
    'Only the files that rendering reads are here, as they are there; a kustomization that builds on another',
    'repository refers to its copy. Do not edit them: change your own overlay, or take another commit.',
    '',
  ].join('\n');
}
