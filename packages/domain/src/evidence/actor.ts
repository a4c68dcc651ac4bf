import { z } from 'zod';

/** `<issuer>:<subject>`: one person, machine or Fairlead itself. */
export const ActorId = z.string().min(3).max(300).brand<'ActorId'>();
export type ActorId = z.infer<typeof ActorId>;

/** Who acts, only ever from an authenticated session. `groups` are those that held at the time of the act. */
export const Actor = z.strictObject({
  id: ActorId,
  issuer: z.string().min(1),
  subject: z.string().min(1),
  amr: z.array(z.string()).readonly(),
  kind: z.enum(['person', 'machine', 'fairlead']),
  groups: z.array(z.string()).readonly(),
});
export type Actor = Readonly<z.infer<typeof Actor>>;
