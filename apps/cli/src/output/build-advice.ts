import type { ProposedService } from '@fairlead/domain';

/** How to keep a build from running again for what a promotion writes, in the words of the repository's CI. */
export function buildAdvice(services: readonly ProposedService[], ci: 'github' | 'gitlab'): string {
  const paths = services.flatMap(({ root, environments }) => {
    const from = (path: string): string => (root === '' ? path : `${root}/${path}`);
    return [...environments.map(({ path }) => from(`${path}/**`)), from('releases/**'), from('.fairlead/**')];
  });
  const unique = [...new Set(paths)];
  const why = 'A promotion is a commit to these paths. Let it start no new build:';
  const lines =
    ci === 'github'
      ? ['on:', '  push:', '    paths-ignore:', ...unique.map((path) => `      - '${path}'`)]
      : [
          'workflow:',
          '  rules:',
          '    - changes:',
          '        # list what a build is made of, and none of these',
          ...unique.map((path) => `        # ${path}`),
        ];
  return [why, '', ...lines.map((line) => `    ${line}`)].join('\n');
}
