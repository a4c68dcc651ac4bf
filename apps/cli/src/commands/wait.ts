import { z } from 'zod';
import { connect } from '../client/connect.ts';
import type { Run } from '../command.ts';
import { durationMsOf, parseOptions } from '../options.ts';
import { followPromotion } from '../output/follow-promotion.ts';
import { promotionIdOf } from '../promotion-id-of.ts';

const Options = z.object({ timeout: z.string().default('10m') });

export const run: Run = async ({ terminal, args, options, format }) => {
  const { timeout } = parseOptions(Options, options);
  const id = promotionIdOf(args[0]);
  return followPromotion(await connect(terminal), { terminal, id, timeoutMs: durationMsOf(timeout), format });
};
