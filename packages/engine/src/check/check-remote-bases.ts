import { isKustomization, remoteEntries } from '@fairlead/domain';
import type { Checking, RenderedEnvironment } from './checking.ts';

/** Says of each base that lies in another repository where it is named. One that is pinned by its commit is fetched and rendered, so it is no error yet. */
export async function checkRemoteBases({ texts, notes }: Checking, { inputs, outcome, name }: RenderedEnvironment): Promise<void> {
  for (const file of inputs.filter(isKustomization)) {
    const read = await texts.text(file);
    for (const { text, line, reference } of read.kind === 'text' ? remoteEntries(read.text) : []) {
      if (reference.kind === 'unpinned' && outcome.kind === 'failed') continue; // the failed render says it
      const place = { rule: 'remote-base', environment: name, file, line, column: 1, pointer: '' } as const;
      if (reference.kind === 'unpinned') {
        notes.add({
          ...place,
          message: `${shown(text)}: ${reference.because}`,
          fix: 'name the full commit SHA by ?ref=, then run fairlead vendor',
        });
        continue;
      }
      const message = `${shown(text)} lies in another repository: who renders it depends on that one, and no review here saw it`;
      notes.add({
        ...place,
        severity: 'warning',
        message,
        fix: 'run fairlead vendor: it copies the base at its commit, and shows the difference',
      });
    }
  }
}

/** Without what could be a password. */
function shown(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//…@').slice(0, 200);
}
