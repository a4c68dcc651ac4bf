import type { LiveContainer, LiveInventory } from '../delivery/live-image.ts';
import type { ContainerImage } from '../desired-state/container-images.ts';
import type { ServiceComponent } from '../service/service.ts';
import { pinOf, repositoryOf } from './image-name.ts';

export interface CapturedComponent {
  readonly name: string;
  /** `repository@sha256:…` */
  readonly image: string;
}

export interface CapturedComponents {
  readonly components: readonly CapturedComponent[];
  readonly problems: readonly CaptureProblem[];
}

export interface CaptureProblem {
  readonly component: string;
  readonly message: string;
  readonly fix: string;
}

/** What an environment wants and runs. Without an inventory only what the overlay pins can be told. */
export interface CaptureSource {
  readonly desired: readonly ContainerImage[];
  readonly inventory?: LiveInventory;
}

/** Which digest each component of the service has in an environment: what runs, where that is one thing and what the overlay pins if it pins it; else why it
 *  can't be told. An optional component that is neither wanted nor running is left out. */
export function capturedComponents(declared: readonly ServiceComponent[], source: CaptureSource): CapturedComponents {
  const judged = declared.map((component) => ({ component, found: capture(component, source) }));
  return {
    components: judged.flatMap(({ component: { name, image }, found }) =>
      found.kind === 'digest' ? [{ name, image: `${image}@${found.digest}` }] : [],
    ),
    problems: judged.flatMap(({ component: { name }, found }) =>
      found.kind === 'problem' ? [{ component: name, message: `component ${name} ${found.message}`, fix: found.fix }] : [],
    ),
  };
}

type Capture =
  | { readonly kind: 'digest'; readonly digest: string }
  | { readonly kind: 'left-out' }
  | { readonly kind: 'problem'; readonly message: string; readonly fix: string };

function capture({ image: repository, required }: ServiceComponent, { desired, inventory }: CaptureSource): Capture {
  const wanted = desired.filter(({ image }) => repositoryOf(image) === repository);
  const pins = distinct(wanted.map(({ image }) => pinOf(image)));
  const running = (inventory?.containers ?? []).filter((container) => belongs(container, repository, pins));
  if (wanted.length === 0 && running.length === 0) return required ? absent(repository) : { kind: 'left-out' };
  if (pins.length > 1) return problem(`is pinned to several digests: ${pins.join(', ')}`, 'pin it once in the overlay');
  return running.length > 0 ? captureRunning(running, pins[0]) : captureWanted(pins[0], inventory !== undefined);
}

function belongs({ image, digest }: LiveContainer, repository: string, pins: readonly string[]): boolean {
  return repositoryOf(image) === repository || (digest !== undefined && pins.includes(digest));
}

function captureRunning(running: readonly LiveContainer[], pin: string | undefined): Capture {
  const digests = distinct(running.map(({ digest }) => digest));
  const [digest] = digests;
  if (digest === undefined) return problem('is not pulled yet, so that its digest is not known', 'wait until its pods run');
  if (digests.length > 1)
    return problem(`runs several digests: ${digests.join(', ')}`, 'wait for the rollout to end, or undo the one that is stuck');
  if (pin !== undefined && pin !== digest)
    return problem(`runs ${digest}, but the overlay pins ${pin}`, 'sync the environment, or pin what runs');
  return { kind: 'digest', digest };
}

function captureWanted(pin: string | undefined, looked: boolean): Capture {
  if (pin !== undefined) return { kind: 'digest', digest: pin };
  return looked
    ? problem('is wanted by a tag and does not run', 'scale it up once, or pin it in the overlay')
    : problem('is wanted by a tag', 'give --kubeconfig, so that the digest that runs can be read');
}

function absent(repository: string): Capture {
  return problem(
    `is neither wanted nor running: no image of ${repository}`,
    'correct the image in .fairlead/service.yaml, or make it not required',
  );
}

function problem(message: string, fix: string): Capture {
  return { kind: 'problem', message, fix };
}

function distinct(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.flatMap((value) => value ?? []))].toSorted();
}
