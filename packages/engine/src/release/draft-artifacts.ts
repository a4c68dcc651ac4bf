import { RepoPath, type ReleaseInput } from '@fairlead/domain';
import { folderDigest } from '../desired-state/folder-digest.ts';
import type { DraftProblem } from './draft-problem.ts';
import type { DraftSource } from './draft-source.ts';

type Artifact = NonNullable<ReleaseInput['artifacts']>[number];

export interface DraftedArtifacts {
  readonly artifacts: readonly Artifact[];
  readonly problems: readonly DraftProblem[];
}

/** `name=folder`, digested as it is at the commit. A folder that looks different on disk would promise what nobody committed. */
export async function draftArtifacts(texts: readonly string[], source: DraftSource): Promise<DraftedArtifacts> {
  const artifacts: Artifact[] = [];
  const problems: DraftProblem[] = [];
  for (const text of texts) {
    const read = await readArtifact(text, source);
    if ('flag' in read) problems.push(read);
    else artifacts.push(read);
  }
  return { artifacts, problems };
}

async function readArtifact(text: string, { root, commit, committed, workingTree }: DraftSource): Promise<Artifact | DraftProblem> {
  const at = text.indexOf('=');
  const [name, path] = [text.slice(0, Math.max(0, at)), text.slice(at + 1).replace(/\/$/, '')];
  const wrong = (message: string, fix: string): DraftProblem => ({ flag: '--artifact', message, fix });
  if (name === '') return wrong(`${JSON.stringify(text)} names no artifact`, 'give it as name=folder, such as base=deploy/base');
  const folder = RepoPath.safeParse(path);
  if (!folder.success)
    return wrong(`artifact ${name}: ${JSON.stringify(path)} does not stay inside the service root`, 'name a folder below the service root');
  const inRepository = RepoPath.parse(root === '' ? folder.data : `${root}/${folder.data}`);
  const digest = await folderDigest(committed, inRepository);
  if (digest === 'absent')
    return wrong(`artifact ${name}: commit ${commit.slice(0, 12)} has no folder ${inRepository}`, 'commit it, or correct the path');
  if (workingTree !== undefined && (await folderDigest(workingTree, inRepository)) !== digest) {
    return wrong(
      `artifact ${name}: ${inRepository} is not what commit ${commit.slice(0, 12)} has`,
      'commit or remove what is changed there',
    );
  }
  const isChart = (await committed.look(`${inRepository}/Chart.yaml`)).kind === 'file';
  return { name, type: isChart ? 'helm-chart' : 'kustomize-base', path, digest };
}
