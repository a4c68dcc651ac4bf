import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PromotionId } from '@fairlead/domain';
import type { CommandLine } from './command-line.ts';
import type { Expectations } from './expectations.ts';
import { handOverVerifier, runVerifier } from './stand-alone-verifier.ts';
import type { CommandOutcome, Stage } from './stage.ts';

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

/** The promotion's evidence leaves the server as one file, and a program that knows nothing of the server judges it; then one byte is another. */
export async function proofChapter(stage: Stage, scene: ProofScene): Promise<void> {
  const { promotion, directory, fairlead, expectations, checkpoint } = scene;
  stage.chapter('That promotion is proven to somebody who trusts nobody');
  await mkdir(directory, { recursive: true });
  const trusted = await fairlead(['ledger', 'trust', '-o', 'trust.json']);
  const exported = await fairlead(['bundle', 'export', promotion, '--since', 'trust.json', '-o', 'proof.tar']);
  const made = trusted.code === 0 && exported.code === 0;
  expectations.expect('the evidence of the promotion leaves the server as one file, and is complete', made, [trusted, exported]);
  checkpoint();
  if (!made) return;

  await handOverVerifier(directory);
  stage.line('verifier', `one file and Node; it opens no connection, and nothing else of Fairlead's lies beside it`);
  const verified = await verify(stage, directory, 'proof.tar');
  const holds = verified.code === 0 && verified.said.trimEnd().endsWith('\nverified');
  expectations.expect('a program of its own, that asks no server, finds the file verified', holds, verified);
  checkpoint();

  stage.line('flipped', await flipBit(directory));
  const failed = await verify(stage, directory, 'flipped.tar');
  const named = /^failed: \S+: .+/m.test(failed.said);
  expectations.expect('with one bit of one byte flipped it fails with exit code 1, and says where', failed.code === 1 && named, failed);
}

function verify(stage: Stage, directory: string, bundle: string): Promise<CommandOutcome> {
  const words = [bundle, '--trust', 'trust.json'];
  const run = (): Promise<CommandOutcome> => runVerifier(directory, words);
  return stage.command(['node', 'fairlead-verify.js', ...words], run, { without: /^skipped/ });
}

async function flipBit(directory: string): Promise<string> {
  const bundle = await readFile(join(directory, 'proof.tar'));
  const at = Math.floor(bundle.length / 2);
  const [was, is] = [bundle.readUInt8(at), bundle.readUInt8(at) ^ 1];
  await writeFile(join(directory, 'flipped.tar'), bundle.with(at, is));
  return `byte ${String(at)} of ${String(bundle.length)} was ${String(was)} and is ${String(is)} in a copy, flipped.tar`;
}
