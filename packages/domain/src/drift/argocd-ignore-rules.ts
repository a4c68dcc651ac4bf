import { z } from 'zod';
import type { IgnoreProblem, IgnoreRule, ReadIgnoreRules } from './ignore-rule.ts';
import { readJqPath } from './read-jq-path.ts';
import { readJsonPointer } from './read-path-pattern.ts';

const texts = z.array(z.string()).optional();

/** One of an Application's `spec.ignoreDifferences`. */
const IgnoreDifference = z.object({
  group: z.string().optional(),
  kind: z.string(),
  name: z.string().optional(),
  namespace: z.string().optional(),
  jsonPointers: texts,
  jqPathExpressions: texts,
  managedFieldsManagers: texts,
});
type IgnoreDifference = z.infer<typeof IgnoreDifference>;

/** What Argo CD is told to ignore, as our rules. Group and kind are globs there, name and namespace exact. An expression that we don't understand ignores
 *  nothing, and is said. */
export function argoCdIgnoreRules(ignoreDifferences: unknown): ReadIgnoreRules {
  const list = z.array(z.unknown()).safeParse(ignoreDifferences ?? []);
  if (!list.success) return { rules: [], problems: [{ rule: 'argocd ignoreDifferences', message: 'expected a list' }] };
  const read = list.data.map((entry, index) => readDifference(entry, `argocd ignoreDifferences[${String(index)}]`));
  return { rules: read.flatMap(({ rules }) => rules), problems: read.flatMap(({ problems }) => problems) };
}

function readDifference(entry: unknown, rule: string): ReadIgnoreRules {
  const parsed = IgnoreDifference.safeParse(entry);
  if (!parsed.success) return { rules: [], problems: [{ rule, message: 'expected a kind, and lists of texts' }] };
  const { jsonPointers = [], jqPathExpressions = [], managedFieldsManagers: managers = [] } = parsed.data;
  const read = [
    ...jsonPointers.map((text) => ({ text, path: readJsonPointer(text), form: 'JSON pointer' })),
    ...jqPathExpressions.map((text) => ({ text, path: readJqPath(text), form: 'jq expression' })),
  ];
  const paths = read.flatMap(({ path }) => (path === undefined ? [] : [path]));
  const problems = read.flatMap(({ text, path, form }): readonly IgnoreProblem[] =>
    path === undefined ? [{ rule, message: `${form} ${text} is not supported` }] : [],
  );
  // Without a path that we follow and without managers it would ignore the whole object.
  const rules = paths.length === 0 && managers.length === 0 ? [] : [ruleOf(parsed.data, { name: rule, paths, managers })];
  return { rules, problems };
}

function ruleOf({ group = '', kind, name = '', namespace = '' }: IgnoreDifference, rest: Omit<IgnoreRule, 'object'>): IgnoreRule {
  return { ...rest, object: { group, kind, ...(name === '' ? {} : { name }), ...(namespace === '' ? {} : { namespace }) } };
}
