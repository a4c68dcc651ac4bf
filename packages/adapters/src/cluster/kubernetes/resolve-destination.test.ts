import { expect, it } from 'vitest';
import { resolveDestination } from './resolve-destination.ts';

const known = [
  { name: 'home', servers: ['https://10.0.0.1:6443'] },
  { name: 'prod-eu', servers: ['https://prod-eu.example.com', 'https://203.0.113.7:6443/k8s/'] },
];

it.each([
  [{ server: 'https://kubernetes.default.svc' }, 'home'],
  [{ server: 'https://kubernetes.default.svc:443/' }, 'home'],
  [{ server: 'https://kubernetes.default.svc.cluster.local' }, 'home'],
  [{ name: 'in-cluster' }, 'home'],
  [{ server: 'https://prod-eu.example.com:443/' }, 'prod-eu'],
  [{ server: 'https://203.0.113.7:6443/k8s' }, 'prod-eu'],
  [{ name: 'prod-eu' }, 'prod-eu'],
])('%j is cluster %s', (destination, cluster) => {
  expect(resolveDestination('home', destination, known)).toEqual({ kind: 'resolved', cluster });
});

it.each([
  [{ server: 'https://prod-us.example.com' }, 'no cluster of the installation has the server https://prod-us.example.com'],
  [{ server: 'http://prod-eu.example.com' }, 'no cluster of the installation has the server http://prod-eu.example.com'],
  [
    { server: 'https://kubernetes.default.svc.evil.example.com' },
    'no cluster of the installation has the server https://kubernetes.default.svc.evil.example.com',
  ],
  [{ server: 'nonsense' }, 'no cluster of the installation has the server nonsense'],
  [{ name: 'prod-us' }, 'no cluster of the installation is named prod-us'],
  [{}, 'the destination names neither a server nor a cluster'],
])('%j is unresolved', (destination, reason) => {
  expect(resolveDestination('home', destination, known)).toEqual({ kind: 'unresolved', reason });
});

it("does not know a controller's own cluster that the installation lacks", () => {
  expect(resolveDestination('elsewhere', { name: 'in-cluster' }, known)).toEqual({
    kind: 'unresolved',
    reason: "the controller's own cluster elsewhere is not in the installation",
  });
});
