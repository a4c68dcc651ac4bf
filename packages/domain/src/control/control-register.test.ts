import { describe, expect, it } from 'vitest';
import { printDocument } from '../document/print-document.ts';
import type { Json } from '../document/json.ts';
import { readControlRegister } from './control-register.ts';
import { firstControls } from './first-controls.ts';

const review = { by: 'grace', at: '2026-11-20T10:00:00Z', evidence: 'INFRA-12' };

function register(...changes: readonly Readonly<Record<string, Json>>[]): ReturnType<typeof readControlRegister> {
  const controls = firstControls.map((control, index) => ({ owner: 'ada', state: 'old', ...control, ...changes[index] }));
  const text = printDocument({
    apiVersion: 'fairlead.dev/v1',
    kind: 'ControlRegister',
    metadata: { name: 'controls' },
    spec: { controls },
  });
  return readControlRegister(text, 'controls.yaml');
}

function messages(read: ReturnType<typeof readControlRegister>): readonly string[] {
  return read.kind === 'invalid' ? read.problems.map(({ message }) => message.replace(/^spec\S+: /, '')) : [];
}

describe('a register of controls', () => {
  it('begins with the seven that every adoption has to keep', () => {
    const read = register();

    expect(messages(read)).toEqual([]);
    expect(read).toMatchObject({ value: { spec: { controls: Array.from({ length: 7 }, () => ({ state: 'old' })) } } });
  });

  it('asks for a review where something is called equivalent', () => {
    expect(messages(register({ state: 'equivalent' }))).toEqual(['state equivalent needs a review by another person']);
  });

  it('takes no review by the owner', () => {
    expect(messages(register({ state: 'equivalent', review: { ...review, by: 'ada' } }))).toEqual([
      'ada owns the control, so another person has to review it',
    ]);
  });

  it('retires none while another is not equivalent', () => {
    const [only] = messages(register({ state: 'retired', review }, { state: 'equivalent', review }));

    expect(only).toContain("release-profile-contract can't be retired before manifest-only-deploy, live-digest-checks");
  });

  it('retires one when all are equivalent', () => {
    const all = firstControls.map(() => ({ state: 'equivalent', review }));

    expect(messages(register({ state: 'retired', review }, ...all.slice(1)))).toEqual([]);
  });

  it('refuses more agreement than there were runs', () => {
    expect(messages(register({ state: 'parallel', comparison: { runs: 2, agreed: 3 } }))).toEqual(['agreed is more than runs']);
  });
});
