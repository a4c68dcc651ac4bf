import { type Discovery } from '../../kube/discovery.ts';
import { type RecordEvent } from '../../kube/event-recorder.ts';
import { type KubeClient } from '../../kube/kube-client.ts';
import { type Render } from '../../source/render.ts';
import { type ArtifactStore } from '../source/artifact-store.ts';
import { type Mirrors } from '../source/mirrors.ts';
import { type Pace } from './pace.ts';

/** What the reconcilers work with. */
export interface FluxContext {
  readonly client: KubeClient;
  readonly discovery: Discovery;
  readonly artifacts: ArtifactStore;
  readonly mirrors: Mirrors;
  readonly render: Render;
  readonly pace: Pace;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly record: { readonly source: RecordEvent; readonly kustomize: RecordEvent; readonly helm: RecordEvent };
}
