import { describe, expect, it } from 'vitest';
import { hostAndPath, registryPlaces } from './registry-host.ts';

describe('a repository', () => {
  it.each([
    ['nginx', 'docker.io', 'library/nginx'],
    ['bitnami/nginx', 'docker.io', 'bitnami/nginx'],
    ['docker.io/nginx', 'docker.io', 'library/nginx'],
    ['index.docker.io/library/nginx', 'docker.io', 'library/nginx'],
    ['ghcr.io/team/api', 'ghcr.io', 'team/api'],
    ['Registry.example.com/api', 'registry.example.com', 'api'],
    ['registry:5000/team/api', 'registry:5000', 'team/api'],
    ['localhost/api', 'localhost', 'api'],
    ['[::1]:5000/api', '[::1]:5000', 'api'],
  ])('%s is at %s as %s', (repository, host, path) => {
    expect(hostAndPath(repository)).toEqual({ host, path });
  });

  it.each([
    ['nginx', 'https://registry-1.docker.io'],
    ['ghcr.io/team/api', 'https://ghcr.io'],
    ['registry.lan:5000/team/api', 'http://registry.lan:5000'],
    ['localhost:5000/api', 'http://localhost:5000'],
    ['127.0.0.1:5000/api', 'http://127.0.0.1:5000'],
    ['127.0.0.1.example.com/api', 'https://127.0.0.1.example.com'],
  ])('%s is asked for at %s', (repository, origin) => {
    expect(registryPlaces(repository, [{ host: 'registry.lan:5000', plainHttp: true }])[0].origin).toBe(origin);
  });

  it('is asked for at the mirrors first', () => {
    const mirrors = [
      { host: 'mirror.example.com', prefix: '/hub/' },
      { host: 'b.example.com', resolvesTags: true },
    ];

    const places = registryPlaces('nginx', [{ host: 'index.docker.io', mirrors }]);

    expect(places.map(({ origin, path, resolvesTags }) => [origin, path, resolvesTags])).toEqual([
      ['https://mirror.example.com', 'hub/library/nginx', false],
      ['https://b.example.com', 'library/nginx', true],
      ['https://registry-1.docker.io', 'library/nginx', true],
    ]);
  });
});
