import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@fairlead/adapters/clock';
import { kubernetesClusters } from '@fairlead/adapters/cluster/kubernetes';
import { folderFiles } from '@fairlead/adapters/git';
import { digestOf, EnvironmentId, FreeMap, type DriftReport } from '@fairlead/domain';
import type { ScanPlace, ScanPorts, ScanRequest } from '@fairlead/engine';

export interface RenderedScan {
  readonly ports: ScanPorts;
  readonly place: ScanPlace;
  readonly request: ScanRequest;
}

/** What a scan asks, of objects that need no rendering: the file that `kubectl diff` is given. */
export async function renderedScan(kubeconfig: string, folder: string, file: string): Promise<RenderedScan> {
  const documents = (await readFile(join(folder, file), 'utf8')).split('\n---\n');
  const objects = documents.map((text) => FreeMap.parse(JSON.parse(text)));
  const rendered = { kind: 'rendered', yaml: '', objects, inputs: [], versions: {}, digest: digestOf({}) } as const;
  const place = { target: 'bench', cluster: 'bench' };
  return {
    ports: {
      cluster: kubernetesClusters({ clusters: [{ name: 'bench', kubeconfig: { kind: 'file', path: kubeconfig } }] }),
      renderer: { render: () => Promise.resolve(rendered) },
      clock: systemClock(),
      hashSecret: () => '#',
    },
    place,
    request: {
      environment: EnvironmentId.parse('shop/prod'),
      path: '',
      files: folderFiles(folder),
      commit: 'working-tree',
      namespaces: [],
      ownedNamespaces: [],
      places: [place],
    },
  };
}

/** The objects with differences. */
export function namesIn(reports: readonly DriftReport[]): ReadonlySet<string> {
  return new Set(reports.flatMap(({ items }) => items.map(({ object }) => object.name)));
}
