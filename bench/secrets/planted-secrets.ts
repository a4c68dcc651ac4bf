import { base62, crc32 } from './token-checksum.ts';
import type { Dice } from './dice.ts';

/** One secret in a few lines that go into a file of that kind. Values are put together here: no file of ours holds one. */
export interface PlantedSecret {
  readonly what: string;
  /** `structure`: nothing but its place tells; `token`: its own shape does. */
  readonly group: 'structure' | 'token';
  readonly files: readonly [string, ...string[]];
  /** Lines; those with the secret begin with `>`. */
  readonly lines: (dice: Dice) => readonly string[];
}

const manifests = ['deployment.yaml', 'externalsecret.yaml', 'ingress.yaml'] as const;
const anywhere = ['run.sh', 'guide.md', 'client.ts'] as const;

const secretOf = (field: string, lines: readonly string[]): readonly string[] => [
  '---',
  'apiVersion: v1',
  'kind: Secret',
  'metadata: { name: db }',
  `${field}:`,
  ...lines,
  '---',
];

const structural: readonly PlantedSecret[] = [
  {
    what: 'Secret, base64',
    group: 'structure',
    files: manifests,
    lines: (dice) => secretOf('data', [`>  password: ${btoa(dice.password())}`]),
  },
  {
    what: 'Secret, short value',
    group: 'structure',
    files: manifests,
    lines: (dice) => secretOf('data', [`>  pin: ${btoa(dice.letters(4))}`]),
  },
  {
    what: 'Secret, text',
    group: 'structure',
    files: manifests,
    lines: (dice) => secretOf('stringData', [`>  password: ${dice.password()}`]),
  },
  {
    what: 'Secret, block scalar',
    group: 'structure',
    files: manifests,
    lines: (dice) => secretOf('stringData', ['>  settings.ini: |', '>    [db]', `>    phrase = ${dice.password()}`]),
  },
  {
    what: 'Secret as JSON',
    group: 'structure',
    files: manifests,
    lines: (dice) => [
      '---',
      `>${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, data: { password: btoa(dice.password()) } })}`,
      '---',
    ],
  },
  {
    what: 'Secret in a List',
    group: 'structure',
    files: manifests,
    lines: (dice) => [
      '---',
      'apiVersion: v1',
      'kind: List',
      'items:',
      '  - apiVersion: v1',
      '    kind: Secret',
      '    metadata: { name: db }',
      '    data:',
      `>      password: ${btoa(dice.password())}`,
      '---',
    ],
  },
  {
    what: 'environment variable',
    group: 'structure',
    files: manifests,
    lines: (dice) => [
      '---',
      'apiVersion: v1',
      'kind: Pod',
      'metadata: { name: a }',
      'spec:',
      '  containers:',
      '    - name: a',
      '      image: a',
      '      env:',
      '        - name: DB_PASSWORD',
      `>          value: ${dice.password()}`,
      '---',
    ],
  },
  {
    what: 'ConfigMap',
    group: 'structure',
    files: manifests,
    lines: (dice) => [
      '---',
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata: { name: a }',
      'data:',
      '  app.properties: |',
      '    db.user=app',
      `>    db.password=${dice.password()}`,
      '---',
    ],
  },
  {
    what: 'Helm value',
    group: 'structure',
    files: ['values.yaml'],
    lines: (dice) => ['postgresql:', '  auth:', `>    password: ${dice.password()}`],
  },
  { what: 'environment file', group: 'structure', files: ['app.env'], lines: (dice) => [`>DB_PASSWORD=${dice.password()}`] },
];

const checked = (dice: Dice): string => {
  const body = dice.letters(30);
  return `${body}${base62(crc32(body))}`;
};

const tokens: readonly (readonly [what: string, make: (dice: Dice) => string])[] = [
  ['GitHub', (dice) => `ghp_${checked(dice)}`],
  ['GitLab', (dice) => `glpat-${dice.letters(20)}`],
  ['AWS', (dice) => `AKIA${dice.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`],
  ['Slack', (dice) => `xoxb-${dice.text('123456789', 12)}-${dice.text('123456789', 12)}-${dice.letters(24)}`],
  ['Stripe', (dice) => `sk_live_${dice.letters(24)}`],
  ['npm', (dice) => `npm_${checked(dice)}`],
  ['SendGrid', (dice) => `SG.${dice.letters(22)}.${dice.letters(43)}`],
  ['address', (dice) => `postgres://app:${dice.letters(14)}@db:5432/app`],
  [
    'web token',
    (dice) =>
      `${btoa('{"alg":"HS256","typ":"JWT"}').replaceAll('=', '')}.${btoa(`{"sub":"${dice.word()}","iat":17${dice.text('0123456789', 8)}}`).replaceAll('=', '')}.${dice.letters(43)}`,
  ],
];

const planted: readonly PlantedSecret[] = tokens.map(([what, make]) => {
  return { what, group: 'token', files: anywhere, lines: (dice) => [`> ${make(dice)}`] };
});

const key: PlantedSecret = {
  what: 'private key',
  group: 'token',
  files: anywhere,
  lines: (dice) => [
    '>-----BEGIN RSA PRIVATE KEY-----',
    ...Array.from({ length: 12 }, () => `>${dice.letters(64)}`),
    '>-----END RSA PRIVATE KEY-----',
  ],
};

export const plantedSecrets: readonly PlantedSecret[] = [...structural, ...planted, key];
