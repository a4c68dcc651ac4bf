import { type FileSnapshot } from './file-snapshot.ts';
import { type LoggedInput, stillHolds } from './input-log.ts';
import { type RenderResult } from './render-result.ts';

export interface FinishedRender {
  /** The request without its files, as text. */
  readonly order: string;
  readonly result: RenderResult;
  readonly inputs: readonly LoggedInput[];
}

interface Entry extends FinishedRender {
  /** Snapshots known to lead here, the latest last. */
  readonly identities: readonly string[];
}

const identitiesKept = 32;

/**
 * Finished renders by content, the least recently used forgotten first. A request finds one by its snapshot's identity, else by looking
 * whether all that an earlier render of the same request learned still holds: the same answers lead to the same result.
 */
export class RenderCache {
  readonly #limit: number;
  #entries: readonly Entry[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  async find(order: string, files: FileSnapshot): Promise<RenderResult | undefined> {
    const { identity } = files;
    const candidates = this.#entries.filter((entry) => entry.order === order);
    const known = identity === undefined ? undefined : candidates.find((entry) => entry.identities.includes(identity));
    const entry = known ?? (await firstThatHolds(candidates, files));
    if (entry !== undefined) this.#putFirst(entry, identity);
    return entry?.result;
  }

  add(render: FinishedRender, identity: string | undefined): void {
    this.#putFirst({ ...render, identities: [] }, identity);
  }

  #putFirst(entry: Entry, identity: string | undefined): void {
    const others = this.#entries.filter(({ result }) => result !== entry.result);
    const identities = [...entry.identities.filter((known) => known !== identity), ...(identity === undefined ? [] : [identity])];
    this.#entries = [{ ...entry, identities: identities.slice(-identitiesKept) }, ...others].slice(0, this.#limit);
  }
}

async function firstThatHolds(entries: readonly Entry[], files: FileSnapshot): Promise<Entry | undefined> {
  for (const entry of entries) {
    const held = await Promise.all(entry.inputs.map((input) => stillHolds(input, files)));
    if (held.every(Boolean)) return entry;
  }
  return undefined;
}
