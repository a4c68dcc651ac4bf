import { isMap, parseDocument } from 'yaml';
import { applySplices, type Splice } from '../desired-state/apply-splices.ts';
import { helmRenderName, type HelmRender, type ValuesImage } from '../desired-state/helm-render.ts';
import { scalarSplices } from '../desired-state/scalar-splice.ts';
import { pathFrom } from '../policy/kustomization.ts';
import type { ImagePin } from './image-pin.ts';
import { type PlanProblem } from './plan-problem.ts';
import type { BaseText, PlannedEdits } from './planned-edits.ts';

export interface ChartImages {
  /** `helm-render.yaml`, with the folder that its paths are from. */
  readonly overlay: BaseText;
  readonly folder: string;
  readonly render: HelmRender;
  /** The files that the images are mapped to. */
  readonly values: readonly BaseText[];
}

/** Pins the components in the values files that `images` of `helm-render.yaml` maps them to. A key that isn't there yet is a problem: only the chart's
 *  author knows what the chart makes of it. */
export function valuesImageEdits(chart: ChartImages, pins: readonly ImagePin[]): PlannedEdits {
  const mapped = pins.map((pin) => ({ pin, entry: chart.render.spec.images.find(({ component }) => component === pin.component) }));
  const unmapped = mapped.flatMap(({ pin, entry }) => (entry === undefined ? [unmappedProblem(chart, pin)] : []));
  const wanted = mapped.flatMap(({ pin, entry }) => (entry === undefined ? [] : wantedValues(pin, entry)));
  const parts = chart.values.map((file) => fileEdits(chart, file, wanted));
  const problems = [...unmapped, ...parts.flatMap((part) => part.problems)];
  return problems.length > 0 ? { edits: [], problems } : { edits: parts.flatMap(({ edits }) => edits), problems };
}

interface Wanted {
  readonly file: string;
  readonly key: string;
  readonly value: string;
}

function wantedValues({ repository, digest }: ImagePin, entry: ValuesImage): readonly Wanted[] {
  const { file } = entry;
  return [
    ...(entry.image === undefined ? [] : [{ file, key: entry.image, value: `${repository}@${digest}` }]),
    ...(entry.repository === undefined ? [] : [{ file, key: entry.repository, value: repository }]),
    ...(entry.digest === undefined ? [] : [{ file, key: entry.digest, value: digest }]),
  ];
}

function fileEdits({ folder }: ChartImages, { path, text }: BaseText, wanted: readonly Wanted[]): PlannedEdits {
  const own = wanted.filter(({ file }) => pathFrom(folder, file) === path);
  if (own.length === 0) return { edits: [], problems: [] };
  if (text === undefined) return notEditable(path, 'it is not there', 'add it, with the keys of the images');
  const root: unknown = parseDocument(text, { logLevel: 'silent' }).contents;
  const splices: Splice[] = [];
  for (const { key, value } of own) {
    const found = isMap(root) ? scalarSplices(root.getIn(key.split('.'), true), value) : undefined;
    if (found === undefined) return notEditable(path, `${key} is no plain value`, `write ${key} out, without an anchor or tag`);
    splices.push(...found);
  }
  const wrong = own.find(({ key, value }) => valueAt(applySplices(text, splices), key) !== value);
  if (wrong !== undefined) return notEditable(path, `${wrong.key} can't be changed in place`, 'write the value out on one line');
  return { edits: splices.map((splice) => ({ kind: 'splice', path, ...splice })), problems: [] };
}

function valueAt(text: string, key: string): unknown {
  const document = parseDocument(text, { logLevel: 'silent' });
  return document.errors.length > 0 ? undefined : document.getIn(key.split('.'));
}

function notEditable(path: BaseText['path'], because: string, fix: string): PlannedEdits {
  return { edits: [], problems: [{ code: 'images-not-editable', path, message: `images of ${path}: ${because}`, fix }] };
}

function unmappedProblem({ overlay: { path } }: ChartImages, { component, repository }: ImagePin): PlanProblem {
  const message = `${path} says nowhere which value is the image of ${component}`;
  const fix = `add ${component} to images of ${helmRenderName}, with the values file and the key that hold ${repository}`;
  return { code: 'images-not-editable', path, message, fix };
}
