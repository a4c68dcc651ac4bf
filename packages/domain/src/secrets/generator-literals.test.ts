import { describe, expect, it } from 'vitest';
import { readManifestFile } from '../desired-state/manifest-file.ts';
import { generatorLiterals, generatorSources, sourceLiterals } from './generator-literals.ts';

function leavesOf(text: string) {
  const read = readManifestFile(text, 'kustomization.yaml');
  if (read.kind === 'unparsable') throw new Error(read.problem.message);
  return read.documents.flatMap(({ leaves }) => leaves);
}

const kustomization = `configMapGenerator:
  - { name: settings, literals: [mode=on], files: [config.yaml] }
secretGenerator:
  - name: db
    literals:
      - user=app
      - password="\${PASSWORD}"
      - empty=
    files: [tls.crt, key=keys/tls.key]
    envs: [db.env]
  - { name: other, env: other.env }
`;

describe('a secretGenerator', () => {
  it('has the literals that stand in it, with their Secret and name', () => {
    expect(generatorLiterals(leavesOf(kustomization)).map(({ name, key, leaf }) => [name, key, leaf.at.line])).toEqual([['db', 'user', 6]]);
  });

  it('names the files that it reads', () => {
    expect(generatorSources(leavesOf(kustomization)).map(({ kind, name, key, path }) => [kind, name, key, path])).toEqual([
      ['file', 'db', 'tls.crt', 'tls.crt'],
      ['file', 'db', 'key', 'keys/tls.key'],
      ['env', 'db', '', 'db.env'],
      ['env', 'other', '', 'other.env'],
    ]);
  });
});

describe('a file of a secretGenerator', () => {
  const enc = 'ENC[AES256_GCM,data:Zm9v,iv:aWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWk=,tag:dHR0dHR0dHR0dHR0dHR0dA==,type:str]';

  it.each([
    ['env', '# comment\n\nuser=app\npassword=${P}\nempty=\nname\n', ['user:3']],
    ['env', `user=${enc}\nsops_mac=${enc}\n`, []],
    ['env', `user=${enc}\nclear=x\nsops_mac=${enc}\n`, ['clear:2']],
    ['file', 'hunter2\n', ['k:1']],
    ['file', '\n', []],
    ['file', '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n', []],
    ['file', `{"data": "${enc}", "sops": {\n  "mac": "${enc}"}}`, []],
  ] as const)('of kind %s: %j', (kind, text, found) => {
    expect(sourceLiterals({ kind, key: 'k' }, text).map(({ key, line }) => `${key}:${String(line)}`)).toEqual(found);
  });
});
