import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { rendererVersions } from '@fairlead/renderer';
import { runProgram } from '../drift/run-program.ts';

const modules = { kustomize: 'sigs.k8s.io/kustomize/kustomize/v5', helm: 'helm.sh/helm/v4/cmd/helm' } as const;

/** The program of just the version that the renderer holds, built once by Go and kept outside of the repository, where the parity test has it, too. */
export async function upstreamProgram(name: keyof typeof modules): Promise<string> {
  const version = (await rendererVersions())[name];
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'fairlead', `${name}-${version}`);
  const program = join(folder, name);
  if (!existsSync(program)) {
    console.error(`building ${name} ${version} with Go, once; takes some minutes`);
    await runProgram(
      'env',
      [`GOBIN=${folder}`, 'GOWORK=off', 'GOFLAGS=', process.env['GO'] ?? 'go', 'install', `${modules[name]}@${version}`],
      {
        cwd: homedir(),
        code: 0,
      },
    );
  }
  return program;
}
