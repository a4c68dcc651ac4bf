import pc from 'picocolors';
import type { Vendoring } from '../local/wire/vendoring.ts';
import { visibleText } from './visible-text.ts';

/** What comes and what changes, as people read a difference. An address is replaced on its line, so both texts have the same lines. */
export function vendoringText({ bases, changed, added, environments }: Vendoring, colour: boolean): string {
  const { bold, green, red, dim } = pc.createColors(colour);
  const from = bases.map(({ repository, path, commit }) => `  ${repository}${path === '' ? '' : ` ${path}`} ${dim(`at ${commit}`)}`);
  const files = [...added].map(([path, bytes]) => `  ${green('+')} ${visibleText(path)} ${dim(`(${String(bytes.length)} bytes)`)}`);
  const edits = [...changed].flatMap(([path, { before, after }]) => {
    const [old, now] = [before.split('\n'), after.split('\n')];
    const lines = old.flatMap((line, index) =>
      line === now[index] ? [] : [red(`  - ${visibleText(line)}`), green(`  + ${visibleText(now[index] ?? '')}`)],
    );
    return [bold(visibleText(path)), ...lines];
  });
  const same = `rendered before and after, the same objects: ${environments.join(', ')}`;
  return [bold('bases'), ...from, '', ...edits, '', bold('new files'), ...files, '', same, ''].join('\n');
}
