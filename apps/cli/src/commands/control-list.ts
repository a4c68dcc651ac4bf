import { apiVersion, controlGaps, NotFoundError, type Control } from '@fairlead/domain';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { servicesHere, type LoadedService } from '../local/wire/adoption.ts';
import { printList, type Listing } from '../output/print.ts';
import { documentError } from '../local/document-error.ts';

interface Item extends Control {
  readonly service: string;
  /** What stands between it and `equivalent`. */
  readonly missing: readonly string[];
}

const listing: Listing<Item> = {
  columns: [
    { title: 'Service', of: ({ service }) => service },
    { title: 'Control', of: ({ name }) => name },
    { title: 'State', of: ({ state }) => state },
    { title: 'Owner', of: ({ owner }) => owner },
    { title: 'Command', of: ({ command }) => command ?? '', wide: true },
    { title: 'Replaced by', of: ({ replacedBy }) => replacedBy.rule, wide: true },
    { title: 'Next', of: ({ missing }) => missing[0] ?? 'done' },
  ],
  name: ({ name }) => name,
  empty: 'there are no controls',
};

/** The controls that must not get weaker, and what stands between each and its equivalent. */
export const run: Run = async ({ terminal, args: [path], format }) => {
  const services = await servicesHere(terminal, path);
  refuseInvalid(services);
  const items = services.flatMap((service) => (service.kind === 'ok' ? itemsOf(service) : []));
  if (items.length === 0) {
    const hint = 'fairlead init writes one, with the controls that every adoption begins with';
    throw new NotFoundError('controls-unknown', 'no .fairlead/controls.yaml is here', { hint });
  }
  const document = { apiVersion, kind: 'ControlList', items };
  printList(terminal, format, { document, listing });
  return exitCode.done;
};

function itemsOf({ service, controls }: LoadedService & { readonly kind: 'ok' }): readonly Item[] {
  return controls.map((control) => ({ ...control, service: service.metadata.name, missing: controlGaps(control) }));
}

/** A service with one wrong document is not read at all. */
export function refuseInvalid(services: readonly LoadedService[]): void {
  const problems = services.flatMap((service) => (service.kind === 'invalid' ? service.problems : []));
  const [first] = problems;
  if (first !== undefined) throw documentError(first.file, problems);
}
