import { describe, expect, it } from 'vitest';
import { base62, crc32 } from './crc32.ts';
import { textSecrets } from './text-secrets.ts';

/** Values are put together here, so that no file holds what a forge takes for a live secret. */
const chance = 'q7Rk2mZx9TbW4vLc8NdY1sHf6JgP3aUeKoXi5wEyDzBtMhVnSrCl0uQpGjFA'.repeat(4);
const hex = '7c1e90b4d2a85f36e8b1c47d09fa62e53b8d14c7a06f9e52d81b3c64f7e0a925'.repeat(3);
const githubToken = (body = chance.slice(0, 30)) => `ghp_${body}${base62(crc32(body))}`;
const base64Of = (text: string) => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const webToken = (claims: object, header: object = { alg: 'RS256', typ: 'JWT' }) =>
  `${base64Of(JSON.stringify(header))}.${base64Of(JSON.stringify(claims))}.${chance.slice(0, 86)}`;
const pem = (kind: string, body = chance.slice(0, 64)) => `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----`;
const rulesIn = (text: string) => textSecrets(text).map(({ rule, severity }) => (severity === undefined ? rule : `${rule} ${severity}`));

describe('textSecrets', () => {
  it.each([
    ['RSA', pem('RSA PRIVATE KEY')],
    ['PKCS#8', pem('PRIVATE KEY')],
    ['EC', pem('EC PRIVATE KEY')],
    ['OpenSSH', pem('OPENSSH PRIVATE KEY')],
    ['encrypted', pem('ENCRYPTED PRIVATE KEY')],
    ['encrypted, old', pem('RSA PRIVATE KEY', `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0011\n\n${chance.slice(0, 64)}`)],
    ['PGP', pem('PGP PRIVATE KEY BLOCK', `Version: x\n\n${chance.slice(0, 64)}`)],
    ['sigstore', pem('ENCRYPTED SIGSTORE PRIVATE KEY')],
    ['on one line of JSON', JSON.stringify({ key: pem('PRIVATE KEY') })],
    ['indented in YAML', `key: |\n  ${pem('PRIVATE KEY').replaceAll('\n', '\n  ')}\n`],
    ['as a comment', `# ${pem('PRIVATE KEY').replaceAll('\n', '\n# ')}`],
    ['in base64', btoa(pem('RSA PRIVATE KEY'))],
    ['age', `AGE-SECRET-KEY-1${chance.toUpperCase().slice(0, 58)}`],
    ['PuTTY', `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 1\n${chance.slice(0, 48)}`],
    ['PKCS#12', `MIIKDAIBAzCC${chance.slice(0, 100)}`],
    ['JKS', `/u3+7QAAAAIAAAAB${chance.slice(0, 100)}`],
    ['JWK', `{"kty":"RSA","n":"x","e":"AQAB","d":"${chance.slice(0, 86)}"}`],
    ['WireGuard', `[Interface]\nPrivateKey = ${chance.slice(0, 43)}=`],
  ])('finds a private key: %s', (_, text) => {
    expect(rulesIn(text)).toEqual(['S06']);
  });

  it.each([
    ['service account', webToken({ iss: 'kubernetes/serviceaccount', sub: 'system:serviceaccount:a:b' })],
    ['web token in a header', `Authorization: Bearer ${webToken({ sub: 'a' })}`],
    ['bootstrap token', `kubeadm join 10.0.0.1:6443 --token x7k2p9.a8d7f6g5h4j3k2l1`],
    ['bootstrap token alone', `x7k2p9.a8d7f6g5h4j3k2l1`],
    ['k3s', `K10${hex.slice(0, 64)}::server:${hex.slice(3, 35)}`],
    ['OpenShift', `oc login --token=sha256~${chance.slice(0, 43)}`],
  ])('finds a token of a cluster: %s', (_, text) => {
    expect(rulesIn(text)).toContain('S08');
  });

  it.each([
    'postgres://app:Zork8899@db:5432/app',
    'mysql://app:Zork8899@db/app',
    'mongodb+srv://app:Zork8899@cluster0.example.net/?retryWrites=true',
    'redis://:Zork8899@redis:6379/0',
    'amqp://app:Zork8899@mq/vhost',
    'https://oauth2:Zork8899@git.example.com/a/b.git',
    'jdbc:postgresql://db/app?user=app&password=Zork8899',
    'jdbc:sqlserver://db;databaseName=app;user=app;password=Zork8899',
    'jdbc:oracle:thin:app/Zork8899@//db:1521/x',
    'Server=tcp:db;User ID=app;Password=Zork8899;Encrypt=True',
    'host=db port=5432 user=app password=Zork8899 sslmode=require',
    'password=Zork8899; Server=db',
    `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${chance.slice(0, 86)}==`,
    `Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=a;SharedAccessKey=${chance.slice(0, 43)}=`,
    'ScramLoginModule required username="app" password="Zork8899";',
    'app:Zork8899@tcp(db:3306)/app',
    'PGPASSWORD=Zork8899 psql -h db',
    'docker login -u app --password Zork8899',
    'curl -s -u app:Zork8899 https://example.com',
    `Authorization: Basic ${btoa('app:Zork8899')}`,
  ])('finds credentials in %s', (text) => {
    expect(rulesIn(text)).toEqual(['S09']);
  });

  it.each([
    ['GitHub', githubToken()],
    ['GitHub, fine-grained', `github_pat_${chance.slice(0, 22)}_${chance.slice(0, 59)}`],
    ['GitLab', `glpat-${chance.slice(0, 20)}`],
    ['GitLab, routable', `glpat-${chance.slice(0, 27)}.01.0w1b2c3d4`],
    ['AWS', `AKIAQ3EGRIYKZJ2WMLXT`],
    ['AWS secret', `aws_secret_access_key = ${chance.slice(0, 40)}`],
    ['AWS secret of a container', `- name: AWS_SECRET_ACCESS_KEY\n  value: ${chance.slice(0, 40)}`],
    ['Slack', `xoxb-123450987612-987650123498-${chance.slice(0, 24)}`],
    ['Slack webhook', `https://hooks.slack.com/services/T0A1B2C3D4/B0A1B2C3D4/${chance.slice(0, 24)}`],
    ['Stripe', `sk_live_${chance.slice(0, 24)}`],
    ['Google', `AIza${chance.slice(0, 35)}`],
    ['Vault', `hvs.${chance.slice(0, 24)}`],
    ['npm', `//registry.npmjs.org/:_authToken=npm_${githubToken().slice(4)}`],
    ['PyPI', `pypi-AgEIcHlwaS5vcmc${chance.slice(0, 80)}`],
    ['SendGrid', `SG.${chance.slice(0, 22)}.${chance.slice(0, 43)}`],
    ['Telegram', `1234509876:AA${chance.slice(0, 33)}`],
    ['Azure', `${chance.slice(0, 3)}8Q~${chance.slice(0, 34)}`],
    ['Terraform', `${chance.slice(0, 14)}.atlasv1.${chance.slice(0, 60)}`],
    ['OpenAI', `sk-proj-${chance.slice(0, 60)}`],
    ['Anthropic', `sk-ant-api03-${chance.slice(0, 93)}AA`],
    ['DigitalOcean', `dop_v1_${hex.slice(0, 64)}`],
  ])('finds a token: %s', (_, text) => {
    expect(rulesIn(text)).toEqual(['S14']);
  });

  it('finds a token behind an escape, in quotes, and at the end of a sentence', () => {
    const token = githubToken();

    for (const text of [`"a\\n${token}"`, `'${token}'`, `is ${token}.`, `x%3D${token}`, `(${token})`])
      expect(rulesIn(text)).toEqual(['S14']);
  });

  it('says where each one stands, in order and without its value', () => {
    const text = `one ${githubToken()} two postgres://app:Zork8899@db/x`;

    const found = textSecrets(text);

    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([githubToken(), 'postgres://app:Zork8899@db']);
    expect(JSON.stringify(found)).not.toMatch(/Zork|ghp_/);
  });

  it('warns only of a token whose checksum is wrong', () => {
    expect(rulesIn(`ghp_${chance.slice(0, 36)}`)).toEqual(['S14 warning']);
  });

  it('warns only of a password that everybody uses', () => {
    expect(rulesIn('postgres://postgres:postgres@localhost/x')).toEqual(['S09 warning']);
    expect(rulesIn('amqp://user:changeme@mq')).toEqual(['S09 warning']);
  });

  it('mentions examples of manuals', () => {
    expect(rulesIn('AKIAIOSFODNN7' + 'EXAMPLE')).toEqual(['S14 info']);
    expect(rulesIn('kubeadm join --token abcdef.0123456789abcdef')).toEqual(['S08 info']);
  });

  it.each([
    'postgres://app:$(DB_PASSWORD)@db',
    'postgres://app:${DB_PASSWORD}@db',
    'postgres://$USER:$PASSWORD@db',
    'postgres://{{ .Values.user }}:{{ .Values.password }}@db',
    'postgres://<user>:<password>@db',
    'https://user:***@example.com',
    'https://%s:%s@%s/path',
    "f'postgres://{user}:{password}@{host}'",
    'https://example.com:8443/a@b',
    'git@github.com:a/b.git',
    'docker://busybox:1.36@sha256:0011',
    'Server=db;User ID=app;Password=${PASSWORD}',
    'PGPASSWORD=$PASSWORD psql',
    'mysql --password="$MYSQL_PASSWORD"',
    'kubectl create secret --from-literal password=$X',
    'password: "<path:secret/data/db#password>"',
    "if (key.startsWith('-----BEGIN PRIVATE KEY-----')) return;",
    pem('PRIVATE KEY', '${PRIVATE_KEY}'),
    pem('PRIVATE KEY', 'YOUR_PRIVATE_KEY'),
    pem('CERTIFICATE'),
    pem('PUBLIC KEY'),
    pem('PGP PUBLIC KEY BLOCK'),
    pem('PGP MESSAGE'),
    btoa(pem('CERTIFICATE')),
    'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kdzdzzdzzsdzzsd',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0example me@example.com',
    `image: registry.example.com/a@sha256:${hex.slice(0, 64)}`,
    `checksum/config: ${hex.slice(0, 64)}`,
    `commit: ${hex.slice(0, 40)}`,
    `"integrity": "sha512-${chance.slice(0, 86)}=="`,
    'id: 6f1c9a52-1c2d-4f3e-9b8a-0a1b2c3d4e5f',
    'name: web-config-7b9kd2m5f8',
    'src: styles.0123456789abcdef.css',
    'apiGroup: config.kubernetesversion1',
    'cluster.persistentvolumeclaims',
    webToken({ sub: '1234567890', name: 'John Doe' }, { alg: 'HS256' }),
    webToken({ sub: 'a' }, { alg: 'none' }),
    'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'glpat-your-token-goes-here',
    'sk_live_...',
    'key-value-pairs-of-a-configuration',
    'TOKEN_TTL=3600',
    'vault:secret/data/db#password',
    'op://vault/item/field',
    'arn:aws:secretsmanager:eu-central-1:123456789012:secret:db',
    'secretmanager://projects/a/secrets/b',
    'vault.hashicorp.com/agent-inject-token: "true"',
    'Authorization: Bearer $TOKEN',
    'Authorization: Bearer {{ .Token }}',
    'ENC[AES256_GCM,data:abcd,iv:abcd,tag:abcd,type:str]',
    'AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq.....',
  ])('lets %s pass', (text) => {
    expect(textSecrets(text)).toEqual([]);
  });
});
