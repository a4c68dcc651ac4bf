import { didYouMean, type ReleaseInput, type Service, type ServiceComponent } from '@fairlead/domain';
import type { Registry } from '../ports/registry.ts';
import type { DraftProblem } from './draft-problem.ts';
import { noteOf, readImage, type BuiltCommit } from './read-image.ts';

type Component = ReleaseInput['components'][number];

export interface DraftedComponents {
  readonly components: readonly Component[];
  readonly problems: readonly DraftProblem[];
  /** What could not be told of the images. */
  readonly notes: readonly string[];
}

export interface ComponentsToDraft {
  /** `name=repository@sha256:…`, `name=repository:tag`, or `name=sha256:…` where the service says the repository. */
  readonly texts: readonly string[];
  readonly service: Service | undefined;
  /** Whether all that the service requires have to be there. */
  readonly whole: boolean;
  readonly built: BuiltCommit;
  /** Absent: no registry is asked, so no tag can be resolved and no image be looked at. */
  readonly registry?: Registry;
}

/** Reads each component and, where a registry may be asked, looks its image up: a tag is resolved here, once, and never again. */
export async function draftComponents(asked: ComponentsToDraft): Promise<DraftedComponents> {
  const { texts, service, whole } = asked;
  const declared = service?.spec.components ?? [];
  const read: ReadComponent[] = [];
  for (const text of texts) read.push(await readComponent(text, declared, asked));
  const named = texts.map((text) => text.split('=')[0]);
  const missing = whole ? declared.filter(({ name, required }) => required && !named.includes(name)).map(isMissing) : [];
  const none = whole && texts.length === 0 && missing.length === 0 ? [noneGiven] : [];
  return {
    components: read.flatMap(({ component }) => (component === undefined ? [] : [component])),
    problems: [...read.flatMap(({ problems }) => problems), ...missing, ...none],
    notes: read.flatMap(({ note }) => note ?? []),
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
  readonly note?: string;
}

async function readComponent(
  text: string,
  declared: readonly ServiceComponent[],
  { registry, built }: ComponentsToDraft,
): Promise<ReadComponent> {
  const at = text.indexOf('=');
  if (at < 1) return { problems: [problem(`${JSON.stringify(text)} names no component`, 'give it as NAME=REPOSITORY@sha256:…')] };
  const [name, image] = [text.slice(0, at), text.slice(at + 1)];
  const own = declared.find((component) => component.name === name);
  const problems = own === undefined ? unknown(name, declared) : [];
  const read = await readImage(image, { declared: own?.image, built, ...(registry === undefined ? {} : { registry }) });
  if (read.kind === 'wrong') return { problems: [...problems, problem(`component ${name}: ${read.because}`, read.fix)] };
  const note = noteOf(read.freshness);
  return { component: { name, image: read.image }, problems, ...(note === undefined ? {} : { note: `component ${name}: ${note}` }) };
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
