import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { apiVersion, encodeUtf8, NotFoundError, RepositoryUrl, ServiceName, serviceDocuments, Tier, unassigned } from '@fairlead/domain';
import { z } from 'zod';
import type { Run } from '../command.ts';
import { confirm } from '../confirm.ts';
import { exitCode } from '../exit-code.ts';
import { surveyCheckout, type Survey, type Surveyed } from '../local/wire/survey.ts';
import { writeFiles, type NewContent } from '../local/write-files.ts';
import { parseOptions } from '../options.ts';
import { counted, initSteps } from '../output/init-steps.ts';
import { printDocument } from '../output/print.ts';
import { surveyText } from '../output/survey-text.ts';
import type { Terminal } from '../terminal.ts';

const TierOfName = z
  .string()
  .transform((text) => text.split('='))
  .pipe(z.tuple([z.string().min(1), Tier], { error: 'expected NAME=TIER, where TIER is dev, staging or production' }));

const Options = z.object({
  service: ServiceName.optional(),
  repository: RepositoryUrl.optional(),
  environment: z.array(z.string().transform((path) => path.replace(/^\.\//, '').replace(/\/+$/, ''))).default([]),
  tier: z.array(TierOfName).default([]),
  controller: z.enum(['argocd', 'flux']).optional(),
  owner: z.string().min(1).default(unassigned),
  yes: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});

/** Writes the documents of a service root, and changes nothing that is there. */
export const run: Run = async ({ terminal, args: [path], options: given, format }) => {
  const { environment, tier, yes, dryRun, ...wish } = parseOptions(Options, given);
  const surveyed = await surveyCheckout(terminal, path, { ...wish, environments: environment, tiers: new Map(tier) });
  const { survey, root } = surveyed;
  refuseNothing(surveyed);
  const files = filesOf(survey);

  const isData = format === 'json' || format === 'yaml' || format === 'jsonl';
  if (!isData) terminal.stdout.write(`${surveyText(survey)}\n\n${yes ? '' : contentsOf(files)}`);
  const isWritten = files.size > 0 && !dryRun && (await agreed(terminal, files, yes));
  if (isWritten) await writeFiles(root, asContents(files));
  if (isData) printDocument(terminal, format, { document: documentOf(surveyed, files, isWritten), text: '' });
  else terminal.stdout.write(isWritten ? await nextSteps(terminal, surveyed, files) : notWritten(files, dryRun));
  return exitCode.done;
};

async function agreed(terminal: Terminal, files: Files, yes: boolean): Promise<boolean> {
  return yes || confirm(terminal, `Write ${counted(files.size)}?`);
}

function refuseNothing({ survey: { services, existing, unknown, charts, leftOut }, root, path }: Surveyed): void {
  if (unknown.length > 0) {
    const hint = 'name the folder of a kustomization, from the top of the repository';
    throw new NotFoundError('environment-unknown', `--environment: no overlay is in ${unknown.join(', ')}`, { hint });
  }
  if (services.length > 0 || existing.length > 0) return;
  const [only] = leftOut;
  if (only !== undefined) {
    throw new NotFoundError('environment-unknown', `no folder can be an environment: ${only.because}`, {
      hint: 'then run fairlead init again',
    });
  }
  if (charts.length === 0) {
    const first = 'add a folder with a kustomization.yaml, such as environments/dev, then run fairlead init again';
    throw new NotFoundError('environment-unknown', `no kustomization is in ${path || root}`, { hint: first });
  }
  const hint = 'add a folder such as environments/dev with a helm-render.yaml that names the chart, then run fairlead init again';
  throw new NotFoundError('environment-unknown', `${path || root} has Helm charts (${charts.join(', ')}), but no environment`, { hint });
}

type Files = ReadonlyMap<string, string>;

function filesOf({ services, existing }: Survey): Files {
  const fresh = services.flatMap((service) =>
    [...serviceDocuments(service)].map(([path, text]): [string, string] => [service.root === '' ? path : `${service.root}/${path}`, text]),
  );
  return new Map([...fresh, ...existing.flatMap(({ missing }) => [...missing])]);
}

function asContents(files: Files): ReadonlyMap<string, NewContent> {
  return new Map([...files].map(([path, text]) => [path, { kind: 'file', bytes: encodeUtf8(text), executable: false }]));
}

function contentsOf(files: Files): string {
  return [...files].map(([path, text]) => `── ${path}\n${text}\n`).join('');
}

function documentOf({ survey }: Surveyed, files: Files, isWritten: boolean): unknown {
  const { services, existing, leftOut, charts } = survey;
  return {
    apiVersion,
    kind: 'ServiceProposal',
    services,
    existing: existing.map(({ loaded, missing, undeclared }) => ({ root: loaded.root, missing: [...missing.keys()], undeclared })),
    leftOut,
    charts,
    written: isWritten,
    files: [...files].map(([path, text]) => ({ path, text })),
  };
}

function notWritten(files: Files, dryRun: boolean): string {
  if (files.size === 0) return 'nothing was written: what is there is never changed\n';
  return `${dryRun ? 'this was a dry run: ' : ''}nothing was written\n`;
}

async function nextSteps(terminal: Terminal, { survey, root }: Surveyed, files: Files): Promise<string> {
  const isGitLab = await access(join(root, '.gitlab-ci.yml')).then(
    () => true,
    () => false,
  );
  const git = terminal.cwd === root ? 'git' : `git -C ${root}`;
  return initSteps({ services: survey.services, paths: [...files.keys()], git, ci: isGitLab ? 'gitlab' : 'github' });
}
