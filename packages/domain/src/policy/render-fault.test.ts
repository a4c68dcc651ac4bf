import { describe, expect, it } from 'vitest';
import { renderFault } from './render-fault.ts';

describe('renderFault', () => {
  it.each([
    [
      "accumulating resources: accumulation err='accumulating resources from 'a.yaml': no such file or directory: 'o/a.yaml'': must build at directory: not a valid directory: no such file or directory: 'o/a.yaml'",
      "a.yaml: no such file or directory: 'o/a.yaml'",
      'add the file, or take its name out of the kustomization',
    ],
    [
      "accumulating resources: accumulation err='accumulating resources from '../b': 'b' must resolve to a file': recursed accumulation of path 'b': accumulating resources: accumulating resources from 'a.yaml': MalformedYAMLError: yaml: line 1: did not find expected ',' or ']' in File: a.yaml",
      "a.yaml: MalformedYAMLError: yaml: line 1: did not find expected ',' or ']' in File: a.yaml",
      'repair the YAML',
    ],
    [
      'invalid Kustomization: json: unknown field "resource"',
      'invalid Kustomization: json: unknown field "resource"',
      'repair the name of the field; see the reference of kustomization.yaml',
    ],
    [
      "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory 'o'",
      "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory 'o'",
      'name a folder that has a kustomization.yaml, or make one',
    ],
  ])('says in one sentence what failed: %s', (message, said, fix) => {
    expect(renderFault({ code: 'render-failed', message })).toEqual({ rule: 'render-failed', message: said, fix });
  });

  it('has a rule of its own for remote bases', () => {
    const message = `accumulating resources: accumulation err='accumulating resources from 'https://git.example.com/b': nothing remote is ever fetched: 'https://git.example.com/b'': no 'git' program on path: exec: "git"`;

    expect(renderFault({ code: 'remote-base', message })).toEqual({
      rule: 'remote-base',
      message:
        "what is not pinned by its commit is never fetched: https://git.example.com/b: nothing remote is ever fetched: 'https://git.example.com/b'",
      fix: 'name the full commit SHA by ?ref=, then run fairlead vendor; or copy it into this repository and refer to that folder',
    });
  });

  it.each([
    'trouble configuring builtin PatchTransformer with config: `\npatch: \'hunter2: x: y\'\n`: unable to parse SM or JSON patch from [patch: "hunter2: x: y"]',
    'unable to parse SM or JSON patch from [patch: "a\nhunter2\nb"]',
  ])('never repeats what a patch holds', (message) => {
    expect(renderFault({ code: 'render-failed', message }).message).not.toContain('hunter2');
  });

  it('is never long', () => {
    expect(renderFault({ code: 'render-failed', message: 'x'.repeat(4096) }).message.length).toBeLessThan(500);
  });

  it.each([
    [
      'outside-root',
      "security; file 'y/z.txt' is not in or below 'o'",
      'move the file into the folder of the kustomization that reads it, or below',
    ],
    ['outside-root', "'../x' is outside the readable root", 'keep every file that the render reads inside this repository'],
    [
      'remote-base',
      "chart 'c': nothing remote is ever fetched: 'c' of 'https://x.example.com' is not at 'charts/c'",
      'put the chart below chartHome: helm pull --untar --untardir does',
    ],
    [
      'remote-base',
      'https://git.example.com/b at 1f could not be fetched: no answer',
      'look whether Git can read it from here; fairlead vendor copies it once, then nobody needs it',
    ],
    [
      'plugin-disabled',
      'external plugins disabled',
      'use the generators and transformers that kustomize has, or commit what the plugin makes',
    ],
    ['timed-out', 'rendering took longer than 30000 ms', 'look for aliases or replacements that multiply, and split what is large'],
  ] as const)('knows what to do about %s: %s', (code, message, fix) => {
    expect(renderFault({ code, message })).toMatchObject({ rule: code === 'remote-base' ? code : 'render-failed', fix });
  });
});
