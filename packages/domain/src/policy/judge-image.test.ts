import { describe, expect, it } from 'vitest';
import { readReleaseManifest, type ReleaseManifest } from '../release/release-manifest.ts';
import { readService, type Service } from '../service/service.ts';
import { judgeImage } from './judge-image.ts';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

function released(): { readonly service: Service; readonly release: ReleaseManifest } {
  const service = readService(
    `apiVersion: fairlead.dev/v1
kind: Service
metadata: { name: shop }
spec:
  repository: https://git.example.com/shop
  source: { refs: [refs/heads/main] }
  environments: [dev]
  components: [{ name: web, image: r.example.com/web }]
  thirdPartyImages: [r.example.com/nats@${digest('e')}]
`,
    'service.yaml',
  );
  const release = readReleaseManifest(
    `apiVersion: fairlead.dev/v1
kind: ReleaseManifest
metadata: { service: shop, version: 1.2.0, createdAt: 2026-01-01T00:00:00Z }
source: { repository: https://git.example.com/shop, commit: ${'a'.repeat(40)}, ref: refs/heads/main }
components:
  - name: web
    image: { repository: r.example.com/web, digest: "${digest('b')}", platforms: { linux/amd64: "${digest('c')}" } }
`,
    'release.yaml',
  );
  if (service.kind === 'invalid' || release.kind === 'invalid') throw new Error('the fixture is wrong');
  return { service: service.value, release: release.value };
}

const rules = released();

describe('judgeImage', () => {
  it.each([`r.example.com/web@${digest('b')}`, `r.example.com/web:1.2.0@${digest('b')}`, `r.example.com/nats@${digest('e')}`])(
    'lets %s pass: the release or the service names it',
    (image) => {
      expect(judgeImage(image, rules)).toBeUndefined();
    },
  );

  it.each([
    ['r.example.com/web:1.2.0', 'has the tag 1.2.0 and no digest: what it stands for can change'],
    ['r.example.com/web', 'has no digest: whatever is newest would run'],
    ['r.example.com/web@sha512:abcdefabcdefabcdefabcdefabcdefabcdef', 'has a digest that is not sha256 and 64 hexadecimal digits'],
    ['web latest', 'is no image reference'],
    ['', 'is no image reference'],
  ])('does not let %j pass unpinned', (image, because) => {
    expect(judgeImage(image, {})).toMatchObject({ rule: 'image-not-pinned', because });
  });

  it('names the digest that the release has for an unpinned component', () => {
    expect(judgeImage('r.example.com/web:1.2.0', rules)?.fix).toBe(`pin it as r.example.com/web@${digest('b')}, as release 1.2.0 has it`);
  });

  it('names the digest that the service declares for an unpinned third-party image', () => {
    expect(judgeImage('r.example.com/nats:2', rules)?.fix).toBe(`pin it as r.example.com/nats@${digest('e')}, as service shop has it`);
  });

  it('does not let another digest of a component pass', () => {
    expect(judgeImage(`r.example.com/web@${digest('d')}`, rules)).toMatchObject({
      rule: 'image-not-in-release',
      because: 'is not what release 1.2.0 has for web',
      fix: `set it to ${digest('b')}, or promote the release that has this image`,
    });
  });

  it('tells the image of one platform from the release', () => {
    expect(judgeImage(`r.example.com/web@${digest('c')}`, rules)?.because).toContain('it is that for linux/amd64 alone');
  });

  it('does not let what nobody declared pass, nor another digest of what was', () => {
    expect(judgeImage(`r.example.com/redis@${digest('e')}`, rules)?.because).toBe(
      'is neither a component of release 1.2.0 nor a declared third-party image',
    );
    expect(judgeImage(`r.example.com/nats@${digest('f')}`, rules)?.because).toContain(digest('e'));
  });

  it('asks for no more than a digest where no service or no release says more', () => {
    expect(judgeImage(`r.example.com/redis@${digest('e')}`, {})).toBeUndefined();
    expect(judgeImage(`r.example.com/redis@${digest('e')}`, { service: rules.service })).toBeUndefined();
  });
});
