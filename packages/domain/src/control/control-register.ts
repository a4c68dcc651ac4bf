import { z } from 'zod';
import { apiVersion } from '../document/document-identity.ts';
import { label } from '../document/label.ts';
import { parseDocument, type Parsed, type ReadingMode } from '../document/parse-document.ts';
import { Timestamp } from '../document/timestamp.ts';
import { unique } from '../document/unique.ts';

/** `old`: it alone decides. `parallel`: both decide, and their verdicts are compared. `equivalent`: another person has reviewed that
 *  what replaces it is as strong. `retired`: only what replaced it decides. */
export const ControlState = z.enum(['old', 'parallel', 'equivalent', 'retired']);
export type ControlState = z.infer<typeof ControlState>;

export const ControlName = label('control name').brand<'ControlName'>();
export type ControlName = z.infer<typeof ControlName>;

const words = z.string().trim().min(1, 'expected some words');

/** The rule that judges instead of it, and the record that proves the verdict. */
const Replacement = z.strictObject({ rule: words, record: words }).readonly();

/** How often both verdicts were compared, and how often they agreed. */
const Comparison = z
  .strictObject({ runs: z.int().min(0), agreed: z.int().min(0) })
  .refine(({ runs, agreed }) => agreed <= runs, 'agreed is more than runs')
  .readonly();

/** Who found that the replacement is as strong, when, and where that is written. */
const ControlReview = z.strictObject({ by: words, at: Timestamp, evidence: words }).readonly();

const reviewed: ReadonlySet<ControlState> = new Set(['equivalent', 'retired']);

/** A control of today, which must not get weaker on its way to another. `command`: how it runs today. */
export const Control = z
  .strictObject({
    name: ControlName,
    control: words,
    owner: words,
    command: words.exactOptional(),
    replacedBy: Replacement,
    state: ControlState,
    comparison: Comparison.exactOptional(),
    review: ControlReview.exactOptional(),
  })
  .superRefine(({ state, owner, review }, context) => {
    if (reviewed.has(state) && review === undefined) {
      context.addIssue({ code: 'custom', message: `state ${state} needs a review by another person`, path: ['state'] });
    }
    if (review?.by === owner) {
      context.addIssue({
        code: 'custom',
        message: `${review.by} owns the control, so another person has to review it`,
        path: ['review', 'by'],
      });
    }
  })
  .readonly();
export type Control = z.infer<typeof Control>;

/** The controls that protect a service today. None is retired before all are equivalent. */
export const ControlRegister = z
  .strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('ControlRegister'),
    metadata: z.strictObject({ name: label('register name') }).readonly(),
    spec: z.strictObject({ controls: z.array(Control).min(1).check(unique('control', 'name')).readonly() }).readonly(),
  })
  .superRefine(({ spec: { controls } }, context) => {
    const waiting = controls.filter(({ state }) => !reviewed.has(state)).map(({ name }) => name);
    if (waiting.length === 0) return;
    for (const [index, { name, state }] of controls.entries()) {
      if (state !== 'retired') continue;
      const message = `${name} can't be retired before ${waiting.join(', ')} ${waiting.length === 1 ? 'is' : 'are'} equivalent`;
      context.addIssue({ code: 'custom', message, path: ['spec', 'controls', index, 'state'] });
    }
  })
  .readonly();
export type ControlRegister = z.infer<typeof ControlRegister>;

export function readControlRegister(text: string, file: string, mode?: ReadingMode): Parsed<ControlRegister> {
  return parseDocument({ kind: 'ControlRegister', schema: ControlRegister }, { text, file }, mode);
}
