import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { processTerminal, type Terminal } from './terminal.ts';

function terminalOf(tty: { readonly stdout: boolean; readonly stderr: boolean }, env: Readonly<Record<string, string>> = {}): Terminal {
  const stream = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY });
  return processTerminal({ stdout: stream(tty.stdout), stderr: stream(tty.stderr), stdin: new PassThrough(), env, cwd: () => '/' });
}

describe('processTerminal', () => {
  it('has colours on a terminal, unless NO_COLOR says otherwise', () => {
    const both = { stdout: true, stderr: true };

    expect(terminalOf(both).colour).toBe(true);
    expect(terminalOf(both, { NO_COLOR: '' }).colour).toBe(true);
    expect(terminalOf(both, { NO_COLOR: '1' }).colour).toBe(false);
    expect(terminalOf({ stdout: false, stderr: true }).colour).toBe(false);
  });

  it('is as wide as stdout, where that has a width', () => {
    const stream = (columns?: number) => Object.assign(new PassThrough(), columns === undefined ? {} : { columns });
    const terminalOn = (stdout: PassThrough) =>
      processTerminal({ stdout, stderr: stream(80), stdin: new PassThrough(), env: {}, cwd: () => '/' });

    expect(terminalOn(stream(120)).columns).toBe(120);
    expect(terminalOn(stream())).not.toHaveProperty('columns');
  });

  it('has somebody to ask only where stderr is a terminal and no CI', () => {
    expect(terminalOf({ stdout: false, stderr: true }).interactive).toBe(true);
    expect(terminalOf({ stdout: true, stderr: false }).interactive).toBe(false);
    expect(terminalOf({ stdout: true, stderr: true }, { CI: 'true' }).interactive).toBe(false);
  });
});
