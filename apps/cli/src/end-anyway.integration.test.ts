import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

const module = JSON.stringify(new URL('./end-anyway.ts', import.meta.url).href);

async function run(script: string): Promise<readonly unknown[]> {
  const words = ['--input-type=module', '--eval', `import { endAnyway } from ${module}; process.exitCode = 7; ${script}`];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return [child.exitCode, said];
}

it('ends a process in which something was left open, and says what', async () => {
  expect(await run('setInterval(() => {}, 1e6); endAnyway(process, 10, (left) => console.log(left.join()))')).toEqual([
    7,
    expect.stringContaining('Timeout'),
  ]);
});

it('keeps no process waiting that ends by itself', async () => {
  expect(await run("endAnyway(process, 1e6, () => console.log('left'))")).toEqual([7, '']);
});
