/** What the server takes from its surroundings: the only place that reads them. */
export interface Environment {
  readonly config?: string;
  readonly dataDir?: string;
  readonly xdgDataHome?: string;
  readonly isRoot: boolean;
  /** Relative paths of flags start here. */
  readonly workingDirectory: string;
  /** For secrets by `env:NAME`, and for git's own surroundings. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export function readEnvironmentVariables(): Environment {
  const { env } = process;
  const config = given(env['FAIRLEAD_CONFIG_FILE']);
  const dataDir = given(env['FAIRLEAD_DATA']);
  const xdgDataHome = given(env['XDG_DATA_HOME']);
  return {
    ...(config === undefined ? {} : { config }),
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(xdgDataHome === undefined ? {} : { xdgDataHome }),
    isRoot: process.getuid?.() === 0,
    workingDirectory: process.cwd(),
    variables: env,
  };
}

function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
