import type { OciPlace, OciUri } from '@fairlead/domain';
import { pullRelease, pushRelease, type PulledRelease, type ReleaseText } from '@fairlead/engine';
import type { Terminal } from '../../terminal.ts';
import { openRegistry } from './open-registry.ts';

export async function pullFrom(terminal: Terminal, place: OciPlace): Promise<PulledRelease> {
  return pullRelease(await openRegistry(terminal), place);
}

export async function pushTo(terminal: Terminal, place: OciPlace, release: ReleaseText): Promise<OciUri> {
  return pushRelease(await openRegistry(terminal), place, release);
}
