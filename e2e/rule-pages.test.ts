import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Rule } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { root } from './world/paths.ts';

const folder = join(root, 'docs/rules');

describe('the pages of rules', () => {
  it('are one for each rule, and none for anything else', () => {
    const pages = readdirSync(folder).filter((name) => name !== 'README.md');

    expect(pages.toSorted()).toEqual(Rule.options.map((rule) => `${rule}.md`).toSorted());
  });

  it.each(Rule.options)('%s says why, what fails and what to do, on one screen', (rule) => {
    const page = readFileSync(join(folder, `${rule}.md`), 'utf8');

    expect(page.split('\n')[0]).toMatch(new RegExp(`^# ${rule}\\b`));
    expect(page).toMatch(/^(## |\*\*)Why/m);
    expect(page).toMatch(/^(## |\*\*)(Fails|Example)/m);
    expect(page).toMatch(/^(## |\*\*)Fix/m);
    expect(page.split('\n').length).toBeLessThanOrEqual(41);
  });
});
