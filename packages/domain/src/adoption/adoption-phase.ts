import { z } from 'zod';

/** How far an environment has come, which bounds what Fairlead may do there. Without a server every one is in `hold`: only offline commands work on it. */
export const AdoptionPhase = z.enum(['hold', 'shadow', 'controlled', 'production']);
export type AdoptionPhase = z.infer<typeof AdoptionPhase>;
