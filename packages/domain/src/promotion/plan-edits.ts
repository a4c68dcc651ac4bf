import type { Edit } from '../desired-state/edit.ts';
import { isHelmRender, readHelmRender, type HelmRender } from '../desired-state/helm-render.ts';
import type { TreeFile } from '../desired-state/tree-file.ts';
import type { Parsed } from '../document/parse-document.ts';
import { type RepoPath } from '../document/repo-path.ts';
import { effectiveInputs, type Environment } from '../environment/environment.ts';
import type { Digest } from '../evidence/digest.ts';
import { folderOf, pathFrom } from '../policy/kustomization.ts';
import type { ReleaseArtifact } from '../release/release-artifact.ts';
import { releaseFileName, referTo } from '../release/release-file.ts';
import { readReleaseManifest, type ReleaseManifest } from '../release/release-manifest.ts';
import type { Service } from '../service/service.ts';
import type { BaseText, PlannedEdits } from './planned-edits.ts';
import { imageEdits } from './image-edits.ts';
import { type ImagePin, imagePins } from './image-pin.ts';
import { readOverlay } from './overlay.ts';
import { pinnedEdits } from './pinned-edits.ts';
import { problem } from './plan-problem.ts';
import { referenceEdits } from './reference-edits.ts';
import { listsFile, releaseValues } from './release-values.ts';
import { valuesImageEdits } from './values-image-edits.ts';

/** A folder of files. `absent`: there is no such folder. */
export interface BaseFolder {
  readonly folder: RepoPath;
  readonly files: readonly TreeFile[] | 'absent';
}

/** Everything that decides what a promotion edits. Paths are from the repository's root. */
export interface EditsInput {
  readonly service: Service;
  readonly environment: Environment;
  /** `text`: the manifest as it is committed. */
  readonly release: { readonly manifest: ReleaseManifest; readonly digest: Digest; readonly text: string };
  /** The kustomization, else `helm-render.yaml`. */
  readonly overlay: BaseText;
  /** The values files that `helm-render.yaml` maps images to. */
  readonly mapped?: readonly BaseText[];
  readonly reference: BaseText;
  readonly values: BaseText;
  readonly manifest: BaseText;
  /** `<spec.path>/release`. */
  readonly pinned: BaseFolder;
  /** The release's base (`kustomize-base`, for a chart `helm-chart`) as its commit has it, with the digest that its files have there; nothing where the release has none in Git. */
  readonly base?: BaseFolder & { readonly digest?: Digest };
}

/** The edits that make the environment's files say what the release says. Every other byte stays; on what they give there is nothing to edit. */
export function planEdits(input: EditsInput): PlannedEdits {
  const parts = [reference(input), images(input), values(input), manifest(input), pinned(input)];
  const problems = parts.flatMap((part) => part.problems);
  return problems.length > 0 ? { edits: [], problems } : { edits: parts.flatMap((part) => part.edits), problems };
}

function reference({ reference: { path, text }, release }: EditsInput): PlannedEdits {
  const { digest, manifest: document } = release;
  const named = { release: digest, manifest: releaseFileName(document.metadata.service, digest) };
  const edits = referenceEdits(path, text, { ...referTo(document), ...named });
  if (edits !== 'not-editable') return found(edits);
  const message = `${path} is not a release reference whose values can be changed in place`;
  return problem('reference-not-editable', { path, message, fix: 'repair it, or remove it: it is written anew' });
}

function images({ overlay, mapped = [], service, release }: EditsInput): PlannedEdits {
  const { path, text } = overlay;
  if (text === undefined) {
    const fix = 'add one, or correct spec.path of the environment';
    return problem('overlay-missing', { path, message: `there is no ${path}`, fix });
  }
  const pins = imagePins(service, release.manifest);
  const chart = chartOf(overlay);
  if (chart !== undefined) return chartImages(chart, { overlay, mapped }, pins);
  const result = imageEdits(text, pins);
  switch (result.kind) {
    case 'edits':
      return found(result.splices.map((splice) => ({ kind: 'splice', path, ...splice })));
    case 'ambiguous': {
      const message = `images of ${path}: ${result.entries.join(' and ')} for ${result.components.join(' and ')}`;
      return problem('image-ambiguous', { path, message, fix: 'leave one entry of images for each component' });
    }
    case 'not-editable':
      return problem('images-not-editable', { path, message: `images of ${path}: ${result.because}`, fix: 'write the entry out' });
  }
}

function chartImages(
  chart: Parsed<HelmRender>,
  { overlay, mapped }: Required<Pick<EditsInput, 'overlay' | 'mapped'>>,
  pins: readonly ImagePin[],
): PlannedEdits {
  const { path } = overlay;
  if (chart.kind === 'ok') return valuesImageEdits({ overlay, folder: folderOf(path), render: chart.value, values: mapped }, pins);
  const message = chart.problems.map((fault) => `${path}:${String(fault.line)}: ${fault.message}`).join('; ');
  return problem('images-not-editable', { path, message, fix: 'repair it' });
}

function chartOf({ path, text }: BaseText): Parsed<HelmRender> | undefined {
  return text !== undefined && isHelmRender(path) ? readHelmRender(text, path) : undefined;
}

/** Only where the overlay reads it: nobody else would miss it. */
function values({ values: { path, text }, overlay, environment, release }: EditsInput): PlannedEdits {
  const read = overlay.text === undefined ? 'absent' : readOverlay(overlay.text);
  if (typeof read === 'string' || !listsFile(read.value, 'values/release.yaml')) return found([]);
  const wanted = releaseValues(release.manifest, release.digest, environment.spec.profile);
  return found(text === wanted ? [] : [{ kind: 'write', path, text: wanted }]);
}

/** Append-only: a manifest that is there in another spelling stays, one that says something else stops the plan. */
function manifest({ manifest: { path, text }, release }: EditsInput): PlannedEdits {
  if (text === undefined) return found([{ kind: 'write', path, text: release.text }]);
  const present = readReleaseManifest(text, path);
  if (present.kind === 'ok' && present.digest === release.digest) return found([]);
  const fix = 'find out who changed it, and put it back as it was';
  return problem('manifest-differs', { path, message: `${path} is not the manifest of ${release.digest}`, fix });
}

function pinned({ environment, release, overlay, pinned: { folder, files }, base }: EditsInput): PlannedEdits {
  if (effectiveInputs(environment) === 'shared' || !readsRelease(overlay)) return found([]);
  const type = isHelmRender(overlay.path) ? 'helm-chart' : 'kustomize-base';
  if (base === undefined) {
    const message = `the release has no ${type} of its own to copy`;
    return problem('base-missing', { path: folder, message, fix: `give the release one artifact of type ${type} with a path` });
  }
  if (base.files === 'absent' || base.files.length === 0) {
    const message = `the release's commit has no files below ${base.folder}`;
    return problem('base-absent', { path: base.folder, message, fix: 'correct the path of the artifact, and release again' });
  }
  if (base.digest !== undefined && !hasArtifact(release.manifest, type, base.digest)) {
    const message = `${base.folder} at the release's commit has the digest ${base.digest}, which no base of the release has`;
    return problem('base-differs', { path: base.folder, message, fix: 'release again from a commit that has what was built' });
  }
  return found(pinnedEdits({ folder, present: files === 'absent' ? [] : files, baseFolder: base.folder, base: base.files }));
}

/** A chart that lies elsewhere is pinned by its own digest, or is no chart of the release's. */
function readsRelease(overlay: BaseText): boolean {
  const chart = chartOf(overlay);
  return chart?.kind !== 'ok' || pathFrom('', chart.value.spec.chart)?.split('/')[0] === 'release';
}

function hasArtifact({ artifacts = [] }: ReleaseManifest, type: ReleaseArtifact['type'], digest: Digest): boolean {
  return artifacts.some((artifact) => artifact.type === type && artifact.digest === digest);
}

function found(edits: readonly Edit[]): PlannedEdits {
  return { edits, problems: [] };
}
