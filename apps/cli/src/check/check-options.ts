import { didYouMean, FindingSeverity, Rule } from '@fairlead/domain';
import { z } from 'zod';
import { parseOptions } from '../options.ts';
import { UsageError } from '../usage-error.ts';

const CheckOptions = z.object({
  baseline: z.string().min(1).optional(),
  writeBaseline: z.union([z.literal(true), z.string().min(1)]).optional(),
  rule: z.array(z.string()).optional(),
  severity: FindingSeverity.optional(),
  cache: z.boolean().optional(),
});

export interface CheckOptions {
  /** A file that was named; without one the default file counts where it is there. */
  readonly baseline: string | undefined;
  /** `true`: to the default file. */
  readonly writeBaseline: string | true | undefined;
  /** Only these; all where none is named. */
  readonly rules: readonly Rule[];
  /** This and graver ones. */
  readonly severity: FindingSeverity;
  /** Believe no verdict of before. */
  readonly fresh: boolean;
}

export function checkOptions(options: Readonly<Record<string, unknown>>): CheckOptions {
  const { baseline, writeBaseline, rule = [], severity = 'info', cache } = parseOptions(CheckOptions, options);
  if (writeBaseline !== undefined && (rule.length > 0 || severity !== 'info'))
    throw new UsageError('--write-baseline writes all that was found', 'leave out --rule and --severity');
  return { baseline, writeBaseline, rules: rule.flatMap((text) => text.split(',')).map(ruleNamed), severity, fresh: cache === false };
}

function ruleNamed(name: string): Rule {
  const rule = Rule.safeParse(name);
  if (rule.success) return rule.data;
  const meant = didYouMean(name, Rule.options);
  throw new UsageError(
    `--rule: there is no rule ${JSON.stringify(name)}`,
    meant === undefined ? `there are: ${Rule.options.join(', ')}` : `did you mean ${meant}?`,
  );
}
