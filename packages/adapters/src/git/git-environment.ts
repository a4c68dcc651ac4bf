import type { Surroundings } from './options.ts';

const taken = [
  'PATH',
  'HOME',
  'TMPDIR',
  'SSH_AUTH_SOCK',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'all_proxy',
  'ALL_PROXY',
  'no_proxy',
  'NO_PROXY',
];

/** Settings that hold for every call, above whatever a repository's own config says. */
const settings: readonly GitSetting[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.quotePath', 'false'],
  ['gc.auto', '0'],
  // Git sends the header of the first host to the one that it is sent on to.
  ['http.followRedirects', 'false'],
  ['http.lowSpeedLimit', '1'],
  ['http.lowSpeedTime', '30'],
  // We read other people's checkouts with commands that run nothing of theirs.
  ['safe.directory', '*'],
];

export type GitSetting = readonly [key: string, value: string];

/** The whole environment of a git process: no system or user config, no prompt, English messages, only the named protocols. */
export function gitEnvironment(
  surroundings: Surroundings,
  own: { readonly protocols: readonly string[]; readonly settings: readonly GitSetting[]; readonly variables: Surroundings },
): Record<string, string> {
  const environment: Record<string, string> = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    ...only(surroundings, taken),
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes -o ConnectTimeout=20',
    // Above all config, and the only switch that a repository's own `protocol.<name>.allow` can't undo.
    GIT_ALLOW_PROTOCOL: own.protocols.join(':'),
    ...only(own.variables, Object.keys(own.variables)),
  };
  [...settings, ...own.settings].forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${String(index)}`] = key;
    environment[`GIT_CONFIG_VALUE_${String(index)}`] = value;
  });
  environment['GIT_CONFIG_COUNT'] = String(settings.length + own.settings.length);
  return environment;
}

function only(from: Surroundings, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = from[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}
