import { findingOf, type Finding, type FoundFault, type NotChecked, type ObjectRef, type Rule } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { Evaluator } from '../ports/evaluator.ts';
import type { PathTree } from '../ports/file-snapshot.ts';
import type { Registry } from '../ports/registry.ts';
import type { RenderOutcome } from '../ports/renderer.ts';
import type { SourceHistory } from '../ports/source-history.ts';
import type { FoundEnvironment } from './find-environments.ts';
import type { TextFiles } from './text-files.ts';

/** What one run of `check` reads, and what it has found so far. */
export interface Checking extends Pick<EnginePorts, 'renderer'> {
  readonly files: PathTree;
  readonly texts: TextFiles;
  readonly notes: CheckNotes;
  /** Absent: what profiles demand in languages of their own is left open. */
  readonly evaluator?: Evaluator | undefined;
  /** Absent: where releases come from is left open. */
  readonly source?: SourceHistory | undefined;
  /** Absent: what a registry keeps is left open. */
  readonly registry?: Registry | undefined;
  /** Where each rendered object of the environment comes from. */
  readonly origins: (environment: RenderedEnvironment) => Promise<Origins>;
}

/** Which file each rendered object comes from. */
export interface Origins {
  /** The environment's kustomization where nothing better is known. */
  fileOf(object: ObjectRef): string;
}

/** An environment with what came of rendering it. */
export interface RenderedEnvironment extends FoundEnvironment {
  readonly outcome: RenderOutcome;
  /** The files that the render read, by path. */
  readonly inputs: readonly string[];
}

/** Findings, and rules that could not be judged for somebody. */
export class CheckNotes {
  readonly findings: Finding[] = [];
  readonly #open = new Map<string, { readonly rule: Rule; readonly because: string; readonly whose: string[] }>();

  add(fault: FoundFault): void {
    this.findings.push(findingOf(fault));
  }

  /** `whose`: an environment or a file. */
  leaveOpen(rules: readonly Rule[], because: string, whose?: string): void {
    for (const rule of rules) {
      const key = `${rule} ${because}`;
      const known = this.#open.get(key) ?? { rule, because, whose: [] };
      this.#open.set(key, known);
      if (whose !== undefined && !known.whose.includes(whose)) known.whose.push(whose);
    }
  }

  get notChecked(): readonly NotChecked[] {
    return [...this.#open.values()].map(({ rule, because, whose }) => ({
      rule,
      because: whose.length === 0 ? because : `${because}: ${shortened(whose)}`,
    }));
  }
}

const shown = 5;

function shortened(names: readonly string[]): string {
  const rest = names.length - shown;
  return rest > 0 ? `${names.slice(0, shown).join(', ')} and ${String(rest)} more` : names.join(', ');
}
