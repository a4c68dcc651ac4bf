import type { CheckShown, CheckView } from './check-text.ts';
import { checkAnnotations } from './check-annotations.ts';
import { checkJunit } from './check-junit.ts';
import { checkMarkdown } from './check-markdown.ts';
import { checkSarif } from './check-sarif.ts';
import { checkText } from './check-text.ts';

export const checkFormats = ['text', 'json', 'sarif', 'junit', 'github', 'md'] as const;
export type CheckFormat = (typeof checkFormats)[number];

/** A report in one of the formats that people and machines read it in. */
export function checkOutput(format: CheckFormat, shown: CheckShown, view: CheckView): string {
  switch (format) {
    case 'text':
      return checkText(shown, view);
    case 'json':
      return `${JSON.stringify(shown.report, undefined, 2)}\n`;
    case 'sarif':
      return checkSarif(shown.report);
    case 'junit':
      return checkJunit(shown.report);
    case 'github':
      return checkAnnotations(shown.report);
    case 'md':
      return checkMarkdown(shown.report);
  }
}

export function checkFormatOf(text: string): CheckFormat | undefined {
  return checkFormats.find((format) => format === text);
}
