import { isMadeUp } from './made-up.ts';
import { foundPassword } from './found-password.ts';
import { runBefore } from './run-before.ts';
import { isStart, type TextPattern } from './text-pattern.ts';
import type { TextSecret } from './text-secret.ts';

const reach = 400;
const assigned = /(?:password|pwd) ?= ?(?:\\?"([^"\\\n]{1,128})|'([^'\n]{1,128})|([^\s;&"'<>|,)]{1,128}))/iy;

const field = /(?:server|data source|host|hostname|address|initial catalog|database|dbname|user id|userid|uid|user|username|port) ?=/i;
const fieldNext = /^[^\n]{0,20}[; ] ?(?:server|data source|host|initial catalog|database|dbname|user id|uid|port|sslmode) ?=/i;

/** `…;Password=…` of a JDBC, ADO.NET, libpq or JAAS line. By itself such a pair is no connection string. */
function connectionPassword(text: string, at: number): TextSecret | undefined {
  assigned.lastIndex = at;
  const found = assigned.exec(text);
  if (found === null) return undefined;
  const end = assigned.lastIndex;
  const kind = kindOf(lineBefore(text, at), text.slice(end, end + reach));
  const password = found.slice(1).find((group?: string) => group !== undefined) ?? '';
  return kind === undefined ? undefined : foundPassword({ start: at, end, where: `in ${kind}` }, password);
}

/** What else stands in a connection string, by its kind. */
function kindOf(before: string, behind: string): string | undefined {
  const word = /[?;&]$/.test(before) ? wordBefore(before) : '';
  if (/jdbc:/i.test(word)) return 'a JDBC address';
  if (word.includes('://') && !word.endsWith(';')) return 'an address';
  if (/LoginModule\s[^;]*$/.test(before)) return 'the login of a Kafka client';
  return (/[; ]$/.test(before) && field.test(before)) || fieldNext.test(behind) ? 'a connection string' : undefined;
}

function wordBefore(text: string): string {
  return text.slice(runBefore(text, text.length, { letter: /[^\s"'<>]/, most: reach }));
}

function lineBefore(text: string, at: number): string {
  const stretch = text.slice(Math.max(0, at - reach), at);
  return stretch.slice(stretch.lastIndexOf('\n') + 1);
}

interface KeyField {
  readonly what: string;
  readonly anchors: readonly string[];
  readonly shape: RegExp;
}

const keyFields: readonly KeyField[] = [
  { what: 'a key of an Azure storage account', anchors: ['AccountKey='], shape: /AccountKey=([A-Za-z0-9+/]{86}==)/y },
  { what: 'a key of Azure Service Bus or IoT Hub', anchors: ['SharedAccessKey='], shape: /SharedAccessKey=([A-Za-z0-9+/]{43}=)/y },
  {
    what: 'a signature of an Azure storage account',
    anchors: ['SharedAccessSignature='],
    shape: /SharedAccessSignature=([A-Za-z0-9%&=+/.:_-]{40,800})/y,
  },
  { what: 'a signature of an Azure storage account', anchors: ['sig='], shape: /sig=([A-Za-z0-9%+/]{43,70}(?:=|%3[dD]))/y },
];

/** The key of the emulator that everybody has. */
const emulator = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq';

function keyPattern({ what, anchors, shape }: KeyField): TextPattern {
  return {
    anchors,
    find: (text, at) => {
      if (!isStart(text, at)) return undefined;
      shape.lastIndex = at;
      const value = shape.exec(text)?.[1];
      if (value === undefined || isMadeUp(value) || value.startsWith(emulator)) return undefined;
      return { rule: 'S09', start: at, end: shape.lastIndex, what };
    },
  };
}

export const connectionStrings: readonly TextPattern[] = [
  { anchors: ['password=', 'password =', 'pwd=', 'pwd ='], anyCase: true, find: connectionPassword },
  ...keyFields.map(keyPattern),
];
