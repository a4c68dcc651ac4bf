import { parseCheckpoint, parseSignedNote, type TreeHash } from '@fairlead/domain';
import type pg from 'pg';
import type { Report } from './finding.ts';
import { noteVerifier } from './note-verifier.ts';

interface StoredCheckpoint {
  readonly size: number;
  readonly root: Buffer;
  readonly note: string;
}

export interface CheckpointCheckOptions {
  readonly client: pg.ClientBase;
  readonly logId: number;
  readonly verifierKey: string;
  readonly report: Report;
  readonly checkpoints: 'all' | 'newest';
}

export interface CheckpointCheck {
  /** Those over more than `from` and up to `to` leaves, by size. */
  between(from: number, to: number): Promise<readonly StoredCheckpoint[]>;
  compare(stored: StoredCheckpoint, root: TreeHash): void;
  finish(size: number): Promise<void>;
  count(): number;
}

/** Every checkpoint is signed, says what its row says, and has the root that its leaves give. */
export function checkpointCheck({ client, logId, verifierKey, report, checkpoints }: CheckpointCheckOptions): CheckpointCheck {
  const isSigned = noteVerifier(verifierKey);
  let compared = 0;
  let rootsDiffer = false;
  let covered = 0;
  return {
    count: () => compared,
    async between(from, to) {
      const newest = checkpoints === 'all' ? '' : 'and size = (select max(size) from ledger.checkpoint where log_id = $1)';
      const { rows } = await client.query<StoredCheckpoint>({
        name: `fsck-checkpoints-${checkpoints}`,
        text: `select size, root, note from ledger.checkpoint where log_id = $1 and size > $2 and size <= $3 ${newest} order by size`,
        values: [logId, from, to],
      });
      return rows;
    },
    compare(stored, root) {
      compared += 1;
      covered = stored.size;
      const where = `checkpoint ${String(stored.size)}`;
      const wrong = wrongNote(stored, isSigned);
      if (wrong !== undefined) report({ kind: 'checkpoint-note', where, detail: wrong });
      // Where one root differs, all later ones do: the first says where to look.
      if (rootsDiffer || stored.root.toString('latin1') === root) return;
      rootsDiffer = true;
      report({ kind: 'checkpoint-root', where, detail: "isn't the root of its leaves; later roots are not compared" });
    },
    async finish(size) {
      const { rows } = await client.query<{ size: number }>(
        'select size from ledger.checkpoint where log_id = $1 and (size > $2 or size < 1) order by size limit 10',
        [logId, size],
      );
      for (const beyond of rows)
        report({ kind: 'checkpoint-beyond', where: `checkpoint ${String(beyond.size)}`, detail: `the log has ${String(size)} leaves` });
      if (covered < size)
        report({
          kind: 'leaf-uncovered',
          where: `leaf ${String(covered)}`,
          detail: `no checkpoint covers it and the following, up to ${String(size - 1)}`,
        });
    },
  };
}

function wrongNote({ size, root, note }: StoredCheckpoint, isSigned: (note: string) => boolean): string | undefined {
  try {
    const said = parseCheckpoint(parseSignedNote(note).text);
    if (said.size !== size || said.root !== root.toString('latin1')) return 'its note says another size or root';
    return isSigned(note) ? undefined : "isn't signed by the log's key";
  } catch (error) {
    return error instanceof Error ? error.message : 'unreadable';
  }
}
