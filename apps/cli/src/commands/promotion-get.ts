import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { printDocument } from '../output/print.ts';
import { promotionIdOf } from '../promotion-id-of.ts';

export const run: Run = async ({ terminal, args, format }) => {
  const { promotion, summary } = await (await connect(terminal))('getPromotion', { params: { id: promotionIdOf(args[0]) } });
  printDocument(terminal, format, { document: promotion, text: `${promotion.id} ${promotion.status}\n\n${summary}` });
  return exitCode.done;
};
