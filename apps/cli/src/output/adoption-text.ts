import type { AdoptionCriterion } from '@fairlead/domain';
import type { EnvironmentAdoption } from '../local/wire/adoption.ts';
import { visibleText } from './visible-text.ts';

/** How each environment stands, for people: what is met with its evidence, what is not with what to do. */
export function adoptionText(items: readonly EnvironmentAdoption[]): string {
  return `${items.map(environmentText).join('\n\n')}\n`;
}

function environmentText({ service, environment, tier, phase, leaving, start }: EnvironmentAdoption): string {
  const open = [...leaving, ...start].filter(({ verdict }) => verdict === 'unmet').length;
  return [
    `${service}/${environment}  ${tier}, in ${phase}`,
    '  to leave hold',
    ...leaving.flatMap(criterionText),
    '  before anything advances',
    ...start.flatMap(criterionText),
    open === 0 ? '  all of it is met' : `  ${String(open)} of ${String(leaving.length + start.length)} are not met`,
  ]
    .map(visibleText)
    .join('\n');
}

function criterionText({ id, demands, verdict, evidence, missing }: AdoptionCriterion): readonly string[] {
  return [
    `    ${verdict === 'met' ? '✓' : '✗'} ${demands} (${id})`,
    ...evidence.map((line) => `        ${line}`),
    ...missing.map((line) => `        missing: ${line}`),
  ];
}

/** As a comment of a change, or a page of a wiki. */
export function adoptionMarkdown(items: readonly EnvironmentAdoption[]): string {
  return items.map(environmentMarkdown).join('\n');
}

function environmentMarkdown({ service, environment, tier, phase, leaving, start }: EnvironmentAdoption): string {
  const row = (step: string, { demands, verdict, evidence, missing }: AdoptionCriterion): string =>
    `| ${[step, demands, verdict, [...evidence, ...missing.map((gap) => `missing: ${gap}`)].join('; ')].map(cell).join(' | ')} |`;
  return [
    `## ${service}/${environment}: ${tier}, in ${phase}`,
    '',
    '| For | Demands | Verdict | Evidence and what is missing |',
    '| --- | --- | --- | --- |',
    ...leaving.map((criterion) => row('leaving hold', criterion)),
    ...start.map((criterion) => row('start', criterion)),
    '',
  ].join('\n');
}

function cell(text: string): string {
  return visibleText(text).replaceAll(/[|`<>[\]*_\\]/g, String.raw`\$&`);
}
