import type { DriftIgnore, DriftMutation } from '../policy/drift-exemption.ts';
import type { DeclaredMutation } from './declared-mutation.ts';
import type { IgnoreRule } from './ignore-rule.ts';
import { readPathPattern } from './read-path-pattern.ts';

interface Exemptions {
  readonly ignore: readonly DriftIgnore[];
  readonly mutations: readonly DriftMutation[];
}

/** What a policy exempts from drift, as the comparison takes it; shown by `policy NAME`. */
export function policyDriftRules({ ignore, mutations }: Exemptions): {
  readonly ignore: readonly IgnoreRule[];
  readonly declared: readonly DeclaredMutation[];
} {
  return {
    ignore: ignore.map(({ name, objects, paths = [], managers = [] }) => ({
      name: shown(name),
      object: objects,
      paths: paths.flatMap((path) => {
        const pattern = readPathPattern(path);
        return pattern === undefined ? [] : [pattern];
      }),
      managers,
    })),
    declared: mutations.flatMap(({ name, objects, path, value, manager }) => {
      const pattern = readPathPattern(path);
      if (pattern === undefined) return [];
      return [
        {
          name: shown(name),
          object: objects,
          path: pattern,
          ...(value === undefined ? {} : { value }),
          ...(manager === undefined ? {} : { manager }),
        },
      ];
    }),
  };
}

function shown(name: string): string {
  return `policy ${name}`;
}
