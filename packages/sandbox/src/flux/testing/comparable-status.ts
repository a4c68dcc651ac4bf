import { isJsonList, isJsonObject, objectAt, type Json } from '../../json/json.ts';
import { type KubeObject } from '../../kube/kube-object.ts';

/** A status without what differs from run to run: times, durations and addresses; commits and digests by the order in which they came up. */
export class StatusReader {
  readonly #names = new Map<string, string>();

  read(object: KubeObject): Json {
    return this.#tidy(objectAt(object, 'status'));
  }

  #tidy(value: Json): Json {
    if (isJsonList(value)) return value.map((item) => this.#tidy(item));
    if (typeof value === 'string') return this.#tidyText(value);
    if (!isJsonObject(value)) return value;
    const sorted = Object.keys(value).sort();
    return Object.fromEntries(sorted.map((key) => [key, hidden.has(key) ? '…' : this.#tidy(value[key] ?? null)]));
  }

  #tidyText(text: string): string {
    return (
      text
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z[\d.]*/g, '<time>')
        .replaceAll(/(?<= (?:in|after) )[\d.]+(?:ms|µs|s)/g, '<duration>')
        .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, '<server>')
        // The renderer words a missing file in its own way.
        .replace(/(?<=accumulating resources from '[^']*': ).*/s, '<cause>')
        .replaceAll(/<tmp>|\/tmp\/[\w-]+/g, '<tmp>')
        .replaceAll(/[0-9a-f]{40,64}/g, (hash) => this.#nameOf(hash))
    );
  }

  #nameOf(hash: string): string {
    const name = this.#names.get(hash) ?? `<${hash.length === 40 ? 'commit' : 'digest'} ${String(this.#names.size + 1)}>`;
    this.#names.set(hash, name);
    return name;
  }
}

const hidden = new Set(['size', 'url', 'lastReconciledDuration']);
