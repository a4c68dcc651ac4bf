import { readFileSync } from 'node:fs';
import { healthOf, healthStatuses, type JsonObject } from '@fairlead/domain';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { isJson, isObject } from './normal-json.ts';

const Recorded = z.object({
  recording: z.string(),
  argoCd: z.enum(healthStatuses),
  object: z.custom<JsonObject>((value) => isJson(value) && isObject(value)),
});

const recorded = readFileSync(new URL('./fixtures/live-objects.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => Recorded.parse(JSON.parse(line)));

it.each(recorded.map((row) => [`${row.recording} ${z.string().parse(row.object['kind'])}`, row] as const))(
  '%s is as Argo CD said',
  (_name, row) => {
    expect(healthOf(row.object).status).toBe(row.argoCd);
  },
);
