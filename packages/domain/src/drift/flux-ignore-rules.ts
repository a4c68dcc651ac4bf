import { z } from 'zod';
import type { IgnoreProblem, IgnoreRule, ReadIgnoreRules } from './ignore-rule.ts';
import type { ObjectPattern } from './object-pattern.ts';
import { readJsonPointer } from './read-path-pattern.ts';

/** One of a Kustomization's `spec.ignore` or a HelmRelease's `spec.driftDetection.ignore`. */
const FluxIgnore = z.object({
  paths: z.array(z.string()),
  target: z
    .object({
      group: z.string().optional(),
      version: z.string().optional(),
      kind: z.string().optional(),
      namespace: z.string().optional(),
      name: z.string().optional(),
      labelSelector: z.string().optional(),
      annotationSelector: z.string().optional(),
    })
    .optional(),
});
type FluxTarget = NonNullable<z.infer<typeof FluxIgnore>['target']>;

/** What Flux is told to ignore, as our rules. Its targets are anchored regular expressions, of which we follow the plain ones: letters, `.`, `.*`, `.+` and
 *  alternatives. What we don't understand ignores nothing, and is said. */
export function fluxIgnoreRules(ignore: unknown): ReadIgnoreRules {
  const list = z.array(z.unknown()).safeParse(ignore ?? []);
  if (!list.success) return { rules: [], problems: [{ rule: 'flux ignore', message: 'expected a list' }] };
  const read = list.data.map((entry, index) => readIgnore(entry, `flux ignore[${String(index)}]`));
  return { rules: read.flatMap(({ rules }) => rules), problems: read.flatMap(({ problems }) => problems) };
}

function readIgnore(entry: unknown, rule: string): ReadIgnoreRules {
  const parsed = FluxIgnore.safeParse(entry);
  if (!parsed.success) return { rules: [], problems: [{ rule, message: 'expected a list of paths, and a target' }] };
  const { paths: texts, target = {} } = parsed.data;
  const read = texts.map((text) => ({ text, path: readJsonPointer(text) }));
  const problems = read.flatMap(({ text, path }): readonly IgnoreProblem[] =>
    path === undefined ? [{ rule, message: `JSON pointer ${text} is not supported` }] : [],
  );
  const objects = patternsOf(target);
  if (typeof objects === 'string') return { rules: [], problems: [...problems, { rule, message: `${objects} is not supported` }] };
  const paths = read.flatMap(({ path }) => (path === undefined ? [] : [path]));
  const rules = objects.map((object): IgnoreRule => ({ name: rule, object, paths, managers: [] }));
  return { rules: paths.length === 0 ? [] : rules, problems };
}

const fields = ['group', 'kind', 'namespace', 'name'] as const;
/** Each alternative of a field goes with each of the others. */
const mostPatterns = 1000;

/** Every combination of alternatives, or what of the target we can't follow. */
function patternsOf(target: FluxTarget): readonly ObjectPattern[] | string {
  const selector = target.labelSelector ?? target.annotationSelector ?? '';
  if (selector !== '') return `selector ${selector}`;
  let patterns: readonly ObjectPattern[] = [{}];
  for (const field of fields) {
    const expression = target[field] ?? '';
    if (expression === '') continue;
    const globs = globsOf(expression);
    if (globs === undefined) return `${field} ${expression}`;
    if (patterns.length * globs.length > mostPatterns) return `a target of more than ${String(mostPatterns)} alternatives`;
    patterns = patterns.flatMap((pattern) => globs.map((glob) => ({ ...pattern, [field]: glob })));
  }
  return patterns;
}

/** The globs that say what a plain regular expression does. */
function globsOf(expression: string): readonly string[] | undefined {
  const inner = expression.replace(/^\^/, '').replace(/\$$/, '');
  const plain = /^(?:[\w/-]|\\[.-]|\.[*+]?|\|)*$/.test(inner);
  if (!plain) return undefined;
  return inner
    .split('|')
    .map((part) => part.replaceAll(/\\([.-])|\.\*|\.\+|\./g, (form, letter: string | undefined) => letter ?? globOf[form] ?? form));
}

const globOf: Readonly<Record<string, string>> = { '.*': '*', '.+': '?*', '.': '?' };
