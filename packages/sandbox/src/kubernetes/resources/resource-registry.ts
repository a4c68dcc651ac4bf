import { builtInTypes } from './built-in-types.ts';
import { apiVersionOf, type ResourceType } from './resource-type.ts';

/** Which resources the server serves now: the built-in ones, and those of the definitions that exist. */
export class ResourceRegistry {
  readonly #definitions = new Map<string, readonly ResourceType[]>();

  define(definitionName: string, types: readonly ResourceType[]): void {
    this.#definitions.set(definitionName, types);
  }

  undefine(definitionName: string): void {
    this.#definitions.delete(definitionName);
  }

  all(): readonly ResourceType[] {
    return [...builtInTypes, ...[...this.#definitions.values()].flat()];
  }

  byPath(path: { readonly group: string; readonly version: string; readonly plural: string }): ResourceType | undefined {
    return this.all().find(({ group, version, plural }) => group === path.group && version === path.version && plural === path.plural);
  }

  byKind(apiVersion: string, kind: string): ResourceType | undefined {
    return this.all().find((type) => type.kind === kind && apiVersionOf(type) === apiVersion);
  }
}
