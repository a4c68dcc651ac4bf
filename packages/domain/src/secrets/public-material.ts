const pemBlock = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g;
const publicBlocks = /^(?:(?:TRUSTED |X509 )?(?:CERTIFICATE|CRL)|CERTIFICATE REQUEST|(?:RSA |EC )?PUBLIC KEY|PGP PUBLIC KEY BLOCK)$/;
const sshKey = String.raw`(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d+|sk-[a-z0-9@.-]+) [A-Za-z0-9+/=]+(?: .*)?`;
const publicLine = new RegExp(`^(?:#.*|age1[a-z0-9]{58}|(?:\\S+ )?${sshKey})$`);

/** Certificates, public keys and known hosts: everybody may read them. */
export function isPublicMaterial(text: string): boolean {
  const trimmed = text.trim();
  const blocks = [...trimmed.matchAll(pemBlock)];
  if (blocks.length > 0) return trimmed.replaceAll(pemBlock, '').trim() === '' && blocks.every(([, name = '']) => publicBlocks.test(name));
  const lines = trimmed.split('\n').map((line) => line.trim());
  return lines.some((line) => line !== '' && !line.startsWith('#')) && lines.every((line) => line === '' || publicLine.test(line));
}
