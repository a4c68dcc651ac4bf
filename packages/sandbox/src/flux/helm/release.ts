import { numberAt, textAt, type Json, type JsonObject } from '../../json/json.ts';
import { type FluxContext } from '../controller/flux-context.ts';
import { type StatusDraft } from '../object/status-draft.ts';
import { type LoadedChart } from './load-chart.ts';
import { type Wanted } from './release-state.ts';

/** A chart with its values on its way into the cluster. */
export interface Release {
  readonly context: FluxContext;
  readonly draft: StatusDraft;
  readonly chart: LoadedChart;
  readonly values: JsonObject;
  readonly wanted: Wanted;
}

/** `shop/web.v1` */
export function releaseLabel(snapshot: Json | undefined): string {
  const [namespace = '', name = ''] = ['namespace', 'name'].map((field) => textAt(snapshot, field) ?? '');
  return `${namespace}/${name}.v${String(numberAt(snapshot, 'version') ?? 0)}`;
}

/** `shop/web.v1 with chart web@1.0.0` */
export function chartLabel(snapshot: Json | undefined): string {
  return `${releaseLabel(snapshot)} with chart ${textAt(snapshot, 'chartName') ?? ''}@${textAt(snapshot, 'chartVersion') ?? ''}`;
}
