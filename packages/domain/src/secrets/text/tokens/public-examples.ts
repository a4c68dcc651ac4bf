import type { TextPattern } from '../text-pattern.ts';
import type { TextSecret } from '../text-secret.ts';

/** Amazon's manuals use these everywhere; nobody's account has them. */
const ofAmazon = ['AKIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'];

/** Said, since whoever replaces one puts a real key in its place. */
export const publicExamples: readonly TextPattern[] = [
  {
    anchors: ofAmazon,
    find: (text: string, at: number): TextSecret => {
      const length = ofAmazon.find((example) => text.startsWith(example, at))?.length ?? 0;
      return { rule: 'S14', start: at, end: at + length, what: "an example key of Amazon's manual", severity: 'info' };
    },
  },
];
