import type { ApiDefault, DefaultCondition, FieldPath } from './api-default.ts';
import { kindDefaults, podTemplateDefaults } from './api-defaults.generated.ts';
import { podTemplatePaths } from './pod-template-paths.ts';

/** What the API server adds to an object, by `group/Kind`; the core group is empty: `/Service`. */
export const apiDefaults: Readonly<Record<string, readonly ApiDefault[]>> = withPodTemplates();

/** What holds for a pod template is recorded once, and holds wherever a kind has one. */
function withPodTemplates(): Readonly<Record<string, readonly ApiDefault[]>> {
  const templates = Object.entries(podTemplatePaths).map(([kind, path]): readonly [string, readonly ApiDefault[]] => [
    kind,
    [...podTemplateDefaults.map((added) => moved(added, path)), ...(kindDefaults[kind] ?? [])],
  ]);
  return { ...kindDefaults, ...Object.fromEntries(templates) };
}

function moved({ when, ...added }: ApiDefault, under: FieldPath): ApiDefault {
  const path = [...under, ...added.path];
  const condition = when === undefined ? {} : { when: movedCondition(when, under) };
  return 'sameAs' in added ? { ...added, ...condition, path, sameAs: [...under, ...added.sameAs] } : { ...added, ...condition, path };
}

function movedCondition(when: DefaultCondition, under: FieldPath): DefaultCondition {
  return { ...when, path: [...under, ...when.path] };
}
