import { jsonPointer, type JsonPath } from './json-pointer.ts';
import type { Position } from './problem.ts';

/** Where a document's parts stand in its file. A part that isn't there is where its nearest present ancestor is. */
export interface DocumentLines {
  /** Of the field's name; of the entry itself in a list. */
  keyAt(pointer: string): Position;
  valueAt(pointer: string): Position;
}

interface Place {
  readonly key: Position;
  readonly value: Position;
}

const start: Position = { line: 1, column: 1 };

/** The first record of a path stands: an alias brings a second one. */
export class LineIndex implements DocumentLines {
  readonly #places = new Map<string, Place>();

  record(path: JsonPath, place: Place): void {
    const pointer = jsonPointer(path);
    if (!this.#places.has(pointer)) this.#places.set(pointer, place);
  }

  keyAt(pointer: string): Position {
    return this.#nearest(pointer)?.key ?? start;
  }

  valueAt(pointer: string): Position {
    const exact = this.#places.get(pointer);
    return exact?.value ?? this.keyAt(pointer);
  }

  #nearest(pointer: string): Place | undefined {
    const exact = this.#places.get(pointer);
    if (exact !== undefined || pointer === '') return exact;
    return this.#nearest(pointer.slice(0, Math.max(pointer.lastIndexOf('/'), 0)));
  }
}
