const encrypted =
  /^ENC\[AES256_GCM,data:([A-Za-z0-9+/=]*),iv:([A-Za-z0-9+/=]+),tag:([A-Za-z0-9+/=]+),type:(?:str|int|float|bool|bytes|comment|time)\]$/;

/** A value as SOPS writes it: an initialisation vector of 32 bytes and a tag of 16. Another shape is clear text in disguise. */
export function isSopsValue(text: string): boolean {
  const [, data = '', iv = '', tag = ''] = encrypted.exec(text.trim()) ?? [];
  return tag !== '' && isBase64(data) && byteLength(iv) === 32 && byteLength(tag) === 16;
}

/** A whole file that SOPS encrypted (YAML, JSON, dotenv, INI), kept as one value. */
export function isSopsFile(text: string): boolean {
  return [
    /^sops_mac=ENC\[AES256_GCM,/m,
    /^\s*"mac":\s*"ENC\[AES256_GCM,/m,
    /^ +mac: ENC\[AES256_GCM,/m,
    /^mac\s*=\s*ENC\[AES256_GCM,/m,
  ].some((mark) => mark.test(text));
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function byteLength(text: string): number {
  if (!isBase64(text)) return -1;
  return (text.length / 4) * 3 - (/=*$/.exec(text)?.[0].length ?? 0);
}
