import type { EvidenceFilter, Reader, StoredRecord } from '../ports/store.ts';

const pageSize = 500;

/** Every record that the filter names, however many, oldest first. */
export async function allRecords({ evidence }: Pick<Reader, 'evidence'>, filter: EvidenceFilter): Promise<readonly StoredRecord[]> {
  const found: StoredRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await evidence.list(filter, { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found.reverse();
}
