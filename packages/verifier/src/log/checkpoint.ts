import type { Bytes } from '../bytes/bytes.ts';
import { fromBase64, hexOf } from '../bytes/encoding.ts';
import { demand } from '../refusal.ts';
import { hasSigned, type NoteKey } from './note-key.ts';
import { parseSignedNote } from './signed-note.ts';

/** A log's size and root at one moment. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  /** Hexadecimal. */
  readonly root: string;
}

/** Whose word a checkpoint needs. */
export interface LogTrust {
  readonly origin: string;
  readonly key: NoteKey;
  readonly witnesses: readonly NoteKey[];
  readonly quorum: number;
}

/** C2SP tlog-checkpoint, signed by the log and by enough of its witnesses. Extension lines are refused: the log writes none. */
export async function openCheckpoint(bytes: Bytes, trust: LogTrust): Promise<Checkpoint> {
  const note = parseSignedNote(bytes);
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n$/.exec(note.text) ?? [];
  demand(origin !== undefined && size !== undefined && root !== undefined, 'checkpoint-invalid', 'not a checkpoint');
  demand(origin === trust.origin, 'checkpoint-of-other-log', `the checkpoint is of log ${JSON.stringify(origin)}, not of ${trust.origin}`);
  demand(await hasSigned(note, trust.key), 'checkpoint-not-signed', `the log ${trust.origin} did not sign the checkpoint`);
  let cosigned = 0;
  for (const witness of trust.witnesses) if (await hasSigned(note, witness)) cosigned += 1;
  const quorum = `${String(cosigned)} of ${String(trust.quorum)} witnesses`;
  demand(cosigned >= trust.quorum, 'quorum-short', `the checkpoint is signed by ${quorum}`);
  return { origin, size: BigInt(size), root: hexOf(fromBase64(root)) };
}
