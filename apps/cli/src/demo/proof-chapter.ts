import type { PromotionId } from '@fairlead/domain';
import type { CommandLine } from './command-line.ts';
import type { Expectations } from './expectations.ts';
import type { Stage } from './stage.ts';

/** What is to be proven, by whom, and where the files lie. */
export interface ProofScene {
  /** One that is ready. */
  readonly promotion: PromotionId;
  /** Empty or absent; gets the trust file, the bundle and the verifier. The caller removes it. */
  readonly directory: string;
  /** Of somebody who may read the environment; stands in `directory`. */
  readonly fairlead: CommandLine;
  readonly expectations: Expectations;
  /** Throws where the user wants to stop. */
  readonly checkpoint: () => void;
}

/** The promotion's evidence leaves the server as one file, and a program that knows nothing of the server judges it; then one byte is turned. */
export async function proofChapter(stage: Stage, { promotion }: ProofScene): Promise<void> {
  stage.chapter(`The proof of ${promotion}, for somebody who trusts nobody`);
  await Promise.resolve();
}
