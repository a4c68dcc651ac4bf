import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { CommandSpec } from '../command.ts';
import { shellScript } from './shell-script.ts';

const load = (): never => {
  throw new Error('completion loads nothing');
};
const specs: readonly CommandSpec[] = [
  { name: 'check', summary: '', examples: [], load },
  {
    name: 'release create',
    summary: '',
    options: [
      ['-s, --service <NAME>', ''],
      ['--version <V>', ''],
    ],
    examples: [],
    load,
  },
  { name: 'release show', summary: '', examples: [], load },
];

function completed(...words: readonly string[]): string {
  const array = words.map((word) => `'${word}'`).join(' ');
  const script = `${shellScript('bash', specs)}COMP_WORDS=(${array}); COMP_CWORD=${String(words.length - 1)}; _fairlead; echo "\${COMPREPLY[*]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim();
}

describe('the script for bash', () => {
  it.each([
    [['fairlead', ''], 'check release'],
    [['fairlead', 'ch'], 'check'],
    [['fairlead', 'release', ''], 'create show'],
    [['fairlead', 'release', 'create', '--'], '--service --version --output --help'],
    [['fairlead', 'release', 'create', '--service', 'x', '--ver'], '--version'],
    [['fairlead', 'check', '--o'], '--output'],
    [['fairlead', 'unknown', ''], ''],
  ])('completes %j', (words, reply) => {
    expect(completed(...words)).toBe(reply);
  });
});

describe('the script for bash, after -e', () => {
  function environments(typed: string, names: readonly string[]): string {
    const stub = `fairlead() { [ "$*" = 'completion bash --names environments' ] && printf '%s\\n' ${names.map((name) => `'${name}'`).join(' ')}; }`;
    const words = `COMP_WORDS=(fairlead diff -e '${typed}'); COMP_CWORD=3`;
    return execFileSync('bash', ['-c', `${stub}\n${shellScript('bash', specs)}${words}; _fairlead; printf '%s\\n' "\${COMPREPLY[@]}"`], {
      encoding: 'utf8',
    });
  }

  it('completes the environments that are there', () => {
    expect(environments('shop/', ['shop/prod', 'shop/dev', 'other'])).toBe('shop/prod\nshop/dev\n');
    expect(environments('', ['a'])).toBe('a\n');
  });

  it('runs nothing that a name says', () => {
    expect(environments('', ['$(echo run)', 'a b'])).toBe('$(echo run)\na b\n');
  });
});

describe('the scripts for other shells', () => {
  it('know the same words', () => {
    expect(shellScript('zsh', specs)).toContain(shellScript('bash', specs));
    expect(shellScript('fish', specs)).toContain(
      "-n '__fish_seen_subcommand_from release; and __fish_seen_subcommand_from create' -l version",
    );
  });
});
