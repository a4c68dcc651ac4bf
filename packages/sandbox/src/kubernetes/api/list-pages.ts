import type { KubeObject } from '../resources/kube-object.ts';
import { badRequest, StatusError } from './status-error.ts';

interface Snapshot {
  readonly version: number;
  readonly items: readonly KubeObject[];
}

export interface Page extends Snapshot {
  readonly token?: string;
  readonly remaining: number;
}

const keptSnapshots = 100;

/** Pages of one list show one moment: what is left of it waits here, until too many newer lists wait, too. */
export class ListPages {
  readonly #snapshots = new Map<number, Snapshot>();
  #count = 0;

  first(snapshot: Snapshot, limit: number): Page {
    if (limit <= 0 || snapshot.items.length <= limit) return { ...snapshot, remaining: 0 };
    this.#count += 1;
    this.#snapshots.set(this.#count, snapshot);
    this.#snapshots.delete(this.#count - keptSnapshots);
    return page(snapshot, { id: this.#count, start: 0 }, limit);
  }

  next(token: string, limit: number): Page {
    const position = readToken(token);
    const snapshot = this.#snapshots.get(position.id);
    if (snapshot === undefined) {
      throw new StatusError('Expired', 'The provided continue parameter is too old to display a consistent list result.');
    }
    return page(snapshot, position, limit);
  }
}

interface Position {
  readonly id: number;
  readonly start: number;
}

function page({ version, items }: Snapshot, { id, start }: Position, limit: number): Page {
  const end = limit <= 0 ? items.length : start + limit;
  const remaining = Math.max(0, items.length - end);
  const token = remaining === 0 ? {} : { token: Buffer.from(`${id.toString()}/${end.toString()}`).toString('base64url') };
  return { version, items: items.slice(start, end), remaining, ...token };
}

function readToken(token: string): Position {
  const match = /^(\d+)\/(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  if (match === null) throw badRequest('invalid continue token: continue key is not valid: unable to read it');
  return { id: Number(match[1]), start: Number(match[2]) };
}
