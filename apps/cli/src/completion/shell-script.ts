import type { CommandSpec } from '../command.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** What makes a shell complete our words; paths are its own business. */
export function shellScript(shell: Shell, specs: readonly CommandSpec[]): string {
  switch (shell) {
    case 'bash':
      return bash(specs);
    case 'zsh':
      return `#compdef fairlead\nautoload -U +X bashcompinit && bashcompinit\n${bash(specs)}`;
    case 'fish':
      return fish(specs);
  }
}

function bash(specs: readonly CommandSpec[]): string {
  const nouns = nounsOf(specs).map(([noun, verbs]) => `    '${noun} '*) words='${verbs.join(' ')}' ;;`);
  const commands = specs.map((spec) => `    '${spec.name} '*) words='${longFlags(spec).join(' ')}' ;;`);
  return `_fairlead() {
  local name current="\${COMP_WORDS[COMP_CWORD]}"
  case "\${COMP_WORDS[COMP_CWORD-1]}" in
    -e|--environment)
      # Names of folders are anybody's words, so they are compared, never expanded.
      COMPREPLY=()
      while IFS= read -r name; do
        case "$name" in "$current"*) COMPREPLY+=("$name") ;; esac
      done < <(fairlead completion bash --names environments 2>/dev/null)
      return ;;
  esac
  local words='${firstWords(specs).join(' ')}' typed="\${COMP_WORDS[*]:1:COMP_CWORD-1} "
  case "$typed" in
${[...commands, ...nouns].join('\n')}
    ' ') ;;
    *) words='' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _fairlead fairlead
`;
}

function fish(specs: readonly CommandSpec[]): string {
  const lines = nounsOf(specs).map(([noun, verbs]) => {
    return `complete -c fairlead -n '__fish_seen_subcommand_from ${noun}; and not __fish_seen_subcommand_from ${verbs.join(' ')}' -a '${verbs.join(' ')}'`;
  });
  const options = specs.flatMap((spec) => {
    const seen = spec.name.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`);
    return longFlags(spec).map((flag) => `complete -c fairlead -n '${seen.join('; and ')}' -l ${flag.slice(2)}`);
  });
  const names = `complete -c fairlead -s e -l environment -x -a '(fairlead completion fish --names environments 2>/dev/null)'`;
  return `complete -c fairlead -n __fish_use_subcommand -f -a '${firstWords(specs).join(' ')}'\n${names}\n${[...lines, ...options].join('\n')}\n`;
}

function firstWords(specs: readonly CommandSpec[]): readonly string[] {
  return [...new Set(specs.map(({ name }) => name.split(' ')[0] ?? ''))];
}

function nounsOf(specs: readonly CommandSpec[]): readonly (readonly [noun: string, verbs: readonly string[]])[] {
  const nouns = new Map<string, string[]>();
  for (const [noun = '', verb] of specs.map(({ name }) => name.split(' '))) {
    if (verb !== undefined) nouns.set(noun, [...(nouns.get(noun) ?? []), verb]);
  }
  return [...nouns];
}

function longFlags({ options = [] }: CommandSpec): readonly string[] {
  return [...options.flatMap(([flags]) => /--[a-z-]+/.exec(flags) ?? []), '--output', '--help'];
}
