const variable = String.raw`\$\{[A-Za-z_][\w.-]*(?::?[-=])?\}|\$\([A-Za-z_][\w.-]*\)`;
const template = String.raw`\$?\{\{[^{}]*\}\}`;
const vaultPath = '<path:[^#<>]+#[^<>]+>';
const anyPlaceholder = new RegExp([variable, template, vaultPath].join('|'), 'g');

/** Templates that have the value in themselves: `{{ "hunter2" | b64enc }}`, `{{ .Values.password | default "hunter2" }}`. */
const templateWithValue =
  /\{\{-?\s*(?:\(?\s*["'`]([^"'`{}]+)["'`]\s*\)?\s*(?:\||-?\}\})|b64enc\s+["'`]([^"'`{}]+)["'`]|[^{}]{0,200}?\bdefault\s+["'`]([^"'`{}]+)["'`])/;

/** Values that name a secret in its store and are nothing without it. */
const references = [
  /^ref\+[a-z0-9]+:\/\/\S+$/,
  /^vault:[^\s#]+#\S+$/,
  /^op:\/\/\S+$/,
  /^secretmanager:\/\/\S+$/,
  /^(?:gcp|aws|azure|gcpsm|awssm|awsssm|azurekeyvault)[+a-z-]*:\/\/\S+$/,
  /^arn:aws[\w-]*:(?:secretsmanager|ssm):\S+$/,
  /^projects\/[^\s/]+\/secrets\/\S+$/,
];

/** What is left of a URL whose password was a placeholder. */
const urlWithoutPassword = /^[a-z][\w+.-]*:\/\/[^\s:@/]*:@\S*$/i;

/** Whether the text only stands for a value that something else fills in: a variable without a default, a template, a path in a store.
 *  A URL counts whose password is one. `${PASSWORD:=hunter2}` doesn't: its default is a value. */
export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim();
  if (references.some((reference) => reference.test(trimmed))) return true;
  if (trimmed.includes('{{') && templateWithValue.test(trimmed)) return false;
  const rest = trimmed.replaceAll(anyPlaceholder, '');
  return rest !== trimmed && (rest === '' || urlWithoutPassword.test(rest));
}

/** The vault plugin's short form, which counts only where the object says its path. */
export function isShortVaultPlaceholder(text: string): boolean {
  return /^<[^<>]+>$/.test(text.trim());
}
