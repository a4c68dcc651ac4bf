import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { runProgram } from '../drift/run-program.ts';

export interface Scanner {
  readonly name: string;
  /** The words that search the folder that they are run in. */
  readonly words: readonly string[];
  /** Exit codes that are answers. */
  readonly codes: readonly number[];
  readonly findings: (output: string, folder: string) => readonly FoundLine[];
}

export interface FoundLine {
  readonly file: string;
  readonly line: number;
}

export function ours(folder: string): Scanner {
  const script = new URL('scan-process.ts', import.meta.url).pathname;
  return {
    name: 'fairlead',
    words: [process.execPath, '--conditions=source', script, folder],
    codes: [0],
    findings: (output) =>
      output.split('\n').flatMap((row) => {
        const [file = '', line] = row.split('\t');
        return line === undefined ? [] : [{ file, line: Number(line) }];
      }),
  };
}

const secretlintVersion = '13.0.6';
const SecretlintReport = z.array(
  z.object({ filePath: z.string(), messages: z.array(z.object({ loc: z.object({ start: z.object({ line: z.number() }) }) })) }),
);

/** With the rules that its authors recommend. */
export async function secretlint(): Promise<Scanner> {
  const place = await installed(`secretlint-${secretlintVersion}`, async (folder) => {
    const packages = [`secretlint@${secretlintVersion}`, `@secretlint/secretlint-rule-preset-recommend@${secretlintVersion}`];
    await runProgram('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, ...packages], {
      cwd: folder,
      code: 0,
    });
    writeFileSync(join(folder, 'rules.json'), '{ "rules": [{ "id": "@secretlint/secretlint-rule-preset-recommend" }] }\n');
  });
  const program = join(place, 'node_modules/secretlint/bin/secretlint.js');
  return {
    name: `secretlint ${secretlintVersion}`,
    words: [process.execPath, program, '--secretlintrc', join(place, 'rules.json'), '--format', 'json', '**/*'],
    codes: [0, 1],
    findings: (output, folder) =>
      SecretlintReport.parse(JSON.parse(output)).flatMap(({ filePath, messages }) =>
        messages.map(({ loc }) => ({ file: filePath.slice(folder.length + 1), line: loc.start.line })),
      ),
  };
}

const detectSecretsVersion = '1.5.0';
const DetectSecretsReport = z.object({ results: z.record(z.string(), z.array(z.object({ line_number: z.number() }))) });

/** With all its plugins, as it comes. */
export async function detectSecrets(): Promise<Scanner> {
  const place = await installed(`detect-secrets-${detectSecretsVersion}`, async (folder) => {
    await runProgram('python3', ['-m', 'venv', folder], { cwd: folder, code: 0 });
    await runProgram(join(folder, 'bin/python'), ['-m', 'pip', 'install', '--quiet', `detect-secrets==${detectSecretsVersion}`], {
      cwd: folder,
      code: 0,
    });
  });
  return {
    name: `detect-secrets ${detectSecretsVersion}`,
    words: [join(place, 'bin/python'), '-m', 'detect_secrets', '-c', '1', 'scan', '--all-files', '.'],
    codes: [0],
    findings: (output) =>
      Object.entries(DetectSecretsReport.parse(JSON.parse(output)).results).flatMap(([file, found]) =>
        found.map(({ line_number: line }) => ({ file: file.replace(/^\.\//, ''), line })),
      ),
  };
}

/** Once on this machine, outside of the repository. */
async function installed(name: string, install: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'fairlead', 'bench', name);
  const done = join(folder, 'installed');
  if (existsSync(done)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await install(folder);
  writeFileSync(`${done}.part`, '');
  renameSync(`${done}.part`, done);
  return folder;
}
