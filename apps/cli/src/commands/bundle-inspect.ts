import { contextExtension, fromBase64 } from '@fairlead/domain';
import { readTar, Refusal } from 'fairlead-verify';
import { z } from 'zod';
import type { Run } from '../command.ts';
import { ContentError } from '../content-error.ts';
import { exitCode } from '../exit-code.ts';
import { readBytes } from '../local/read-bytes.ts';
import { printList, type Listing } from '../output/print.ts';

interface InspectedRecord {
  readonly index: number;
  readonly at: string;
  readonly type: string;
  readonly by: string;
  readonly bytes: number;
}

const Envelope = z.object({ payload: z.string() });
const Statement = z.object({ predicateType: z.string(), predicate: z.record(z.string(), z.unknown()) });
const Context = z.object({ at: z.string(), actor: z.object({ id: z.string() }).optional() });
const Manifest = z.object({
  predicate: z.looseObject({
    bundle: z.string(),
    version: z.number(),
    audience: z.string(),
    promotion: z.string(),
    environment: z.string(),
    release: z.string(),
    at: z.string(),
    range: z.object({ from: z.number(), to: z.number() }),
    withheld: z.array(z.object({ index: z.number() })),
    missing: z.array(z.string()),
  }),
});

export const run: Run = async ({ terminal, args, format }) => {
  const files = open(await readBytes(terminal, args[0] ?? ''));
  const { predicate } = manifestIn(files);
  const items = [...files].flatMap(([name, bytes]) => recordIn(name, bytes));
  const { bundle, version, audience, promotion, environment, release, at, range, withheld, missing } = predicate;
  const said = { bundle, version, audience, promotion, environment, release, at, range, withheld: withheld.length, missing };

  const document = { apiVersion: 'fairlead.dev/v1', kind: 'BundleContents', ...said, items };
  printList(terminal, format, { document, listing });

  terminal.stderr.write(
    [
      plain(
        `${bundle} bundle (version ${String(version)}, ${audience}) of ${promotion}, ${environment}, release ${release}, exported ${at}`,
      ),
      `log entries ${String(range.from)} to ${String(range.to)}, ${String(items.length)} records, ${String(withheld.length)} withheld`,
      ...(missing.length === 0 ? [] : [plain(`incomplete: ${missing.join(', ')}`)]),
      'nothing of this was verified: fairlead bundle verify FILE --trust FILE',
      '',
    ].join('\n'),
  );
  return exitCode.done;
};

const listing: Listing<InspectedRecord> = {
  name: ({ index }) => String(index),
  empty: 'no record is disclosed',
  columns: [
    { title: 'entry', of: ({ index }) => String(index) },
    { title: 'at', of: ({ at }) => at },
    { title: 'type', of: ({ type }) => type },
    { title: 'by', of: ({ by }) => by },
    { title: 'bytes', of: ({ bytes }) => String(bytes), wide: true },
  ],
};

function open(tar: Uint8Array<ArrayBuffer>): ReturnType<typeof readTar> {
  try {
    return readTar(tar);
  } catch (error) {
    if (error instanceof Refusal) throw new ContentError('bundle-unreadable', 'not a bundle', [error.message]);
    throw error;
  }
}

function manifestIn(files: ReturnType<typeof readTar>): z.infer<typeof Manifest> {
  const bytes = files.get('manifest.dsse.json');
  try {
    return Manifest.parse(payloadOf(Envelope.parse(jsonOf(bytes ?? new Uint8Array()))));
  } catch {
    throw new ContentError('bundle-unreadable', 'not a bundle', ['its manifest is missing, or of another version']);
  }
}

function recordIn(name: string, bytes: Uint8Array): readonly InspectedRecord[] {
  const [, digits] = /^records\/(\d{12})\.sigstore\.json$/.exec(name) ?? [];
  if (digits === undefined) return [];
  const place = { index: Number(digits), bytes: bytes.length };
  try {
    const { predicateType, predicate } = Statement.parse(payloadOf(z.object({ dsseEnvelope: Envelope }).parse(jsonOf(bytes)).dsseEnvelope));
    const { at, actor } = Context.parse(predicate[contextExtension] ?? predicate);
    const type = predicateType.replace(/^https:\/\/fairlead\.dev\/attestation\/([a-z-]+)\/v1$/, '$1');
    return [{ ...place, at: plain(at), type: plain(type), by: plain(actor?.id ?? '–') }];
  } catch {
    return [{ ...place, at: '–', type: 'unreadable', by: '–' }];
  }
}

function payloadOf({ payload }: z.infer<typeof Envelope>): unknown {
  return jsonOf(fromBase64(payload));
}

function jsonOf(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}

/** Nobody vouches for what is shown here: it must not steer the terminal. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
}
