import { isMadeUp } from '../made-up.ts';
import type { TextPattern } from '../text-pattern.ts';
import type { TextSecret } from '../text-secret.ts';

/** Keys without a mark of their own: only their name tells. */
interface NamedKey {
  readonly what: string;
  /** In lower case; the shape begins there. */
  readonly anchors: readonly string[];
  /** What the name says before the anchor. */
  readonly before: RegExp;
  readonly name: string;
  readonly value: string;
}

const named: readonly NamedKey[] = [
  {
    what: 'an AWS secret access key',
    anchors: ['access_key', 'access-key', 'accesskey'],
    before: /secret[-_.]?$/i,
    name: 'access[-_]?key',
    value: '[A-Za-z0-9/+]{40}',
  },
  {
    what: 'a Datadog key',
    anchors: ['api_key', 'apikey', 'app_key', 'appkey'],
    before: /(?:dd|datadog)[-_.]?$/i,
    name: 'ap[ip][-_]?key',
    value: '[0-9a-f]{32}(?:[0-9a-f]{8})?',
  },
  {
    what: 'a Twilio auth token',
    anchors: ['auth_token', 'authtoken'],
    before: /twilio[-_.]?$/i,
    name: 'auth[-_]?token',
    value: '[0-9a-f]{32}',
  },
  {
    what: 'a Cloudflare token',
    anchors: ['api_token', 'apitoken', 'api_key', 'apikey'],
    before: /(?:cf|cloudflare)[-_.]?$/i,
    name: 'api[-_]?(?:token|key)',
    value: String.raw`(?:[\w-]{40}|[0-9a-f]{37})`,
  },
  { what: 'a Hetzner token', anchors: ['_token'], before: /(?:hcloud|hetzner)$/i, name: '_token', value: '[A-Za-z0-9]{64}' },
  {
    what: 'an Azure DevOps token',
    anchors: ['devops_ext_pat', 'system_accesstoken'],
    before: /$/,
    name: '[a-z_]{14,18}',
    value: '[a-z2-7]{52}',
  },
  { what: 'a Vault token', anchors: ['vault_token'], before: /$/, name: 'vault_token', value: String.raw`s\.[A-Za-z0-9]{24}` },
];

/** `NAME=value`, `name: value`, `"name" => "value"`, and an object's `name: NAME`, `value: …`. */
const assigns = String.raw`["']?(?:\s{0,4}(?:=>?|:=?)|\s{1,24}value:)\s{0,4}["']?`;

function namedPattern({ what, anchors, before, name, value }: NamedKey): TextPattern {
  const shape = new RegExp(`${name}${assigns}(${value})(?![A-Za-z0-9/+=_-])`, 'iy');
  return {
    anchors,
    anyCase: true,
    find: (text, at): TextSecret | undefined => {
      if (!before.test(text.slice(Math.max(0, at - 24), at))) return undefined;
      shape.lastIndex = at;
      const key = shape.exec(text)?.[1];
      if (key === undefined || isMadeUp(key)) return undefined;
      return { rule: 'S14', start: shape.lastIndex - key.length, end: shape.lastIndex, what };
    },
  };
}

export const namedKeys: readonly TextPattern[] = named.map(namedPattern);
