import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitRemoteBases } from '@fairlead/adapters/git';
import type { RemoteBases } from '@fairlead/engine';
import type { Terminal } from '../../terminal.ts';
import { cacheFolder } from '../cache-folder.ts';

/** Bases of other repositories, fetched by Git and kept in the person's cache. */
export function openRemoteBases(terminal: Pick<Terminal, 'env'>): RemoteBases & AsyncDisposable {
  const directory = cacheFolder(terminal, 'remote-bases') ?? join(tmpdir(), 'fairlead-remote-bases');
  return gitRemoteBases({ directory, surroundings: terminal.env });
}
