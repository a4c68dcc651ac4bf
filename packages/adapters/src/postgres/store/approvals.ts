import { Approval } from '@fairlead/domain';
import type { ApprovalReader, ApprovalTransactor } from '@fairlead/engine';
import type { Queries } from './queries.ts';

export function approvalReader(db: Queries): ApprovalReader {
  return {
    async of(promotion) {
      const rows = await db.selectFrom('fairlead.approval').select('document').where('promotion', '=', promotion).orderBy('seq').execute();
      return rows.map(({ document }) => Approval.parse(document));
    },
  };
}

export function approvalWriter(db: Queries): ApprovalTransactor {
  return {
    async insert(approval) {
      const { record, promotion } = approval;
      await db
        .insertInto('fairlead.approval')
        .values({ record, promotion, document: JSON.stringify(approval) })
        .execute();
    },
  };
}
