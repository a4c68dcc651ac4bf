import { didYouMean, FindingSeverity, Rule } from '@fairlead/domain';
import { z } from 'zod';
import { checkFormatOf, checkFormats, type CheckFormat } from '../output/check-formats.ts';
import { parseOptions } from '../options.ts';
import type { RepairOptions } from './repair.ts';
import { UsageError } from '../usage-error.ts';

const CheckOptions = z.object({
  baseline: z.string().min(1).optional(),
  writeBaseline: z.union([z.literal(true), z.string().min(1)]).optional(),
  rule: z.array(z.string()).optional(),
  severity: FindingSeverity.optional(),
  cache: z.boolean().optional(),
  online: z.boolean().default(false),
  also: z.array(z.string()).default([]),
  fix: z.boolean().default(false),
  yes: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});

/** A report in another format, beside the one that is printed. */
interface AlsoWritten {
  readonly format: CheckFormat;
  readonly file: string;
}

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
  /** Ask registries for what they keep. */
  readonly online: boolean;
  readonly also: readonly AlsoWritten[];
  /** Repair what needs no decision. */
  readonly fix: RepairOptions | undefined;
}

export function checkOptions(options: Readonly<Record<string, unknown>>): CheckOptions {
  const {
    baseline,
    writeBaseline,
    rule = [],
    severity = 'info',
    cache,
    online,
    also,
    fix,
    yes,
    dryRun,
  } = parseOptions(CheckOptions, options);
  if (writeBaseline !== undefined && (rule.length > 0 || severity !== 'info'))
    throw new UsageError('--write-baseline writes all that was found', 'leave out --rule and --severity');
  if (!fix && (yes || dryRun)) throw new UsageError('--yes and --dry-run are for --fix', 'add --fix, or leave them out');
  return {
    baseline,
    writeBaseline,
    rules: rule.flatMap((text) => text.split(',')).map(ruleNamed),
    severity,
    fresh: cache === false,
    online,
    also: also.map(alsoWritten),
    fix: fix ? { yes, dryRun } : undefined,
  };
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

function alsoWritten(text: string): AlsoWritten {
  const at = text.indexOf('=');
  const format = checkFormatOf(text.slice(0, Math.max(0, at)));
  const file = text.slice(at + 1);
  if (format !== undefined && file !== '') return { format, file };
  throw new UsageError(
    `--also: ${JSON.stringify(text)} names no format and file`,
    `give it as sarif=FILE; there are: ${checkFormats.join(', ')}`,
  );
}
