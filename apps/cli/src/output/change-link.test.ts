import { describe, expect, it } from 'vitest';
import { changeLink } from './change-link.ts';

const change = { branch: 'fairlead/shop/dev/p-1', target: 'main' };

describe('changeLink', () => {
  it.each(['https://github.com/acme/shop.git', 'git@github.com:acme/shop.git', 'ssh://git@github.com/acme/shop'])(
    'leads from %s to GitHub',
    (origin) => {
      expect(changeLink(origin, change)).toBe('https://github.com/acme/shop/compare/main...fairlead/shop/dev/p-1?expand=1');
    },
  );

  it('leads to GitLab, through groups', () => {
    expect(changeLink('git@gitlab.example.com:acme/team/shop.git', change)).toContain(
      'https://gitlab.example.com/acme/team/shop/-/merge_requests/new?merge_request%5Bsource_branch%5D=fairlead%2Fshop%2Fdev%2Fp-1',
    );
  });

  it.each(['/srv/git/shop.git', 'file:///srv/git/shop.git', 'https://git.example.com/shop'])('knows no page for %s', (origin) => {
    expect(changeLink(origin, change)).toBeUndefined();
  });
});
