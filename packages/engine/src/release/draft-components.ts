import { didYouMean, Digest, ImageRef, type ReleaseInput, type Service, type ServiceComponent } from '@fairlead/domain';
import type { DraftProblem } from './draft-problem.ts';

type Component = ReleaseInput['components'][number];

export interface DraftedComponents {
  readonly components: readonly Component[];
  readonly problems: readonly DraftProblem[];
}

/** `name=repository@sha256:…`, or `name=sha256:…` where the service says the repository. */
export function draftComponents(texts: readonly string[], service: Service | undefined): DraftedComponents {
  const declared = service?.spec.components ?? [];
  const read = texts.map((text) => readComponent(text, declared));
  const named = texts.map((text) => text.split('=')[0]);
  const missing = declared.filter(({ name, required }) => required && !named.includes(name)).map(isMissing);
  const none = texts.length === 0 && missing.length === 0 ? [noneGiven] : [];
  return {
    components: read.flatMap(({ component }) => (component === undefined ? [] : [component])),
    problems: [...read.flatMap(({ problems }) => problems), ...missing, ...none],
  };
}

const noneGiven: DraftProblem = {
  flag: '--component',
  message: 'no component is given',
  fix: 'give --component NAME=REPOSITORY@sha256:… for each',
};

function isMissing({ name, image }: ServiceComponent): DraftProblem {
  return { flag: '--component', message: `component ${name} is required and missing`, fix: `give --component ${name}=${image}@sha256:…` };
}

interface ReadComponent {
  readonly component?: Component;
  readonly problems: readonly DraftProblem[];
}

function readComponent(text: string, declared: readonly ServiceComponent[]): ReadComponent {
  const at = text.indexOf('=');
  if (at < 1) return { problems: [problem(`${JSON.stringify(text)} names no component`, 'give it as NAME=REPOSITORY@sha256:…')] };
  const [name, image] = [text.slice(0, at), text.slice(at + 1)];
  const own = declared.find((component) => component.name === name);
  const problems = own === undefined ? unknown(name, declared) : [];
  const read = readImage(image, own?.image);
  if (read.kind === 'read') return { component: { name, image: read.image }, problems };
  return { problems: [...problems, problem(`component ${name}: ${read.because}`, read.fix)] };
}

/** Without a service's document every name is as good as another. */
function unknown(name: string, declared: readonly ServiceComponent[]): readonly DraftProblem[] {
  if (declared.length === 0) return [];
  const known = declared.map((component) => component.name);
  const meant = didYouMean(name, known);
  return [problem(`the service has no component ${name}`, meant === undefined ? `known: ${known.join(', ')}` : `did you mean ${meant}?`)];
}

function problem(message: string, fix: string): DraftProblem {
  return { flag: '--component', message, fix };
}

type ReadImage =
  | { readonly kind: 'read'; readonly image: Component['image'] }
  | { readonly kind: 'wrong'; readonly because: string; readonly fix: string };

function readImage(text: string, declared: string | undefined): ReadImage {
  const digest = Digest.safeParse(text);
  if (digest.success && declared !== undefined) return { kind: 'read', image: { repository: declared, digest: digest.data } };
  if (ImageRef.safeParse(text).success) {
    const [repository = '', pinned = ''] = text.split('@');
    return { kind: 'read', image: { repository, digest: pinned } };
  }
  const fix = `give it as ${declared ?? 'repository'}@sha256:…`;
  if (text === '') return { kind: 'wrong', because: 'no image is given', fix };
  const tagged = /:[\w][\w.-]*(?:@|$)/.test(text.slice(text.lastIndexOf('/') + 1));
  const because = tagged ? `${text} has a tag, which decides nothing` : `${text} is not pinned by a digest`;
  return { kind: 'wrong', because: digest.success ? `no repository is known for ${text}` : because, fix };
}
