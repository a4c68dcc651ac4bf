import type { Bytes } from '../bytes/bytes.ts';
import { leafBytes } from '../log/log-leaf.ts';
import { parseTlogProof } from '../log/proof-file.ts';
import { rootByInclusion, type Tree } from '../log/tree.ts';
import type { RecordKey } from '../record/envelope.ts';
import { openRecord } from '../record/record.ts';
import { demand, Refusal } from '../refusal.ts';
import type { Findings } from '../report/findings.ts';
import { filesIn, type Files } from './file-set.ts';
import type { Withheld } from './manifest.ts';
import type { OpenedBundle, ProvenLeaf, ProvenRecord } from './opened-bundle.ts';

/** What every proof must lead to. */
interface ProvenAgainst {
  readonly tree: Tree;
  readonly size: bigint;
  readonly root: string;
  /** The checkpoint file's text. */
  readonly note: string;
}

interface Opening {
  readonly files: Files;
  readonly withheld: readonly Withheld[];
  readonly keys: readonly RecordKey[];
  readonly against: ProvenAgainst;
  readonly findings: Findings;
}

const atOnce = 64;

/** Each record: inclusion, signature, shape, key hint. One that fails never hides the next. */
export async function openRecords({ files, withheld, keys, against, findings }: Opening): Promise<OpenedBundle> {
  const proofs = filesIn(files, 'proofs/', '.tlog-proof');
  const contents = filesIn(files, 'records/', '.sigstore.json');
  const hidden = new Map(withheld.map((record) => [nameOf(record.index), record]));
  requirePaired({ proofs, contents, hidden, count: withheld.length });

  const records = await eachOf([...contents], async ([name, bytes]): Promise<ProvenRecord | undefined> =>
    findings.guard(`records/${name}.sigstore.json`, async () => {
      const { leaf, ...record } = await openRecord(bytes, keys);
      await requireIncluded(against, { name, leaf, proof: proofs.get(name) });
      return { ...record, index: Number(name) };
    }),
  );
  const leaves = await eachOf([...hidden], async ([name, { leaf }]): Promise<ProvenLeaf | undefined> =>
    findings.guard(`proofs/${name}.tlog-proof`, async () => {
      await requireIncluded(against, { name, leaf: leafBytes(leaf), proof: proofs.get(name) });
      return { index: Number(name), digest: `sha256:${leaf.pae}`, predicateType: leaf.type };
    }),
  );
  const opened = { records: records.filter((record) => record !== undefined), withheld: leaves.filter((leaf) => leaf !== undefined) };
  requireOnce(opened);
  return opened;
}

interface Paired {
  readonly proofs: ReadonlyMap<string, Bytes>;
  readonly contents: ReadonlyMap<string, Bytes>;
  readonly hidden: ReadonlyMap<string, Withheld>;
  readonly count: number;
}

function requirePaired({ proofs, contents, hidden, count }: Paired): void {
  demand(hidden.size === count, 'manifest-invalid', 'the manifest withholds one record twice');
  for (const name of proofs.keys()) {
    const ways = Number(contents.has(name)) + Number(hidden.has(name));
    demand(ways === 1, 'record-unpaired', `proof ${name} has ${ways === 0 ? 'no record' : 'a record that is said to be withheld'}`);
  }
  for (const name of [...contents.keys(), ...hidden.keys()]) demand(proofs.has(name), 'record-unpaired', `record ${name} has no proof`);
}

interface Included {
  readonly name: string;
  readonly leaf: Bytes;
  readonly proof: Bytes | undefined;
}

async function requireIncluded({ tree, size, root, note }: ProvenAgainst, { name, leaf, proof }: Included): Promise<void> {
  if (proof === undefined) throw new Refusal('record-unpaired', `record ${name} has no proof`);
  const { index, hashes, checkpoint } = parseTlogProof(proof);
  demand(index === BigInt(name), 'index-differs', `the proof is of entry ${String(index)}, the file is named ${name}`);
  demand(checkpoint === note, 'checkpoint-differs', 'the proof is for another checkpoint than the bundle');
  const proven = await rootByInclusion(tree, await tree.leaf(leaf), { index, size, proof: hashes });
  demand(proven === root, 'not-in-log', `entry ${String(index)} of the log is another record`);
}

function requireOnce({ records, withheld }: OpenedBundle): void {
  const digests = [...records, ...withheld].map(({ digest }) => digest);
  demand(new Set(digests).size === digests.length, 'record-twice', 'the bundle holds one record twice');
}

function nameOf(index: number): string {
  return String(index).padStart(12, '0');
}

/** In their order, some at a time: each waits for the crypto of the machine, and holds its bytes meanwhile. */
async function eachOf<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const done: R[] = [];
  for (let at = 0; at < items.length; at += atOnce) done.push(...(await Promise.all(items.slice(at, at + atOnce).map(work))));
  return done;
}
