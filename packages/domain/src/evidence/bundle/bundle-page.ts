import { html, type Html } from '../../document/html.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { toBase64 } from '../base64.ts';
import type { BundleSubject } from './bundle-manifest.ts';
import { isDisclosed, type BundleAudience, type BundledRecord } from './bundled-record.ts';
import { controlSection } from './page-controls.ts';
import { peopleSection, releaseSection, runningSection, driftSection, validationSection } from './page-sections.ts';
import { section, table } from './page-table.ts';
import { factsOf } from './record-facts.ts';

export interface BundlePage {
  readonly subject: BundleSubject;
  readonly audience: BundleAudience;
  readonly origin: string;
  readonly size: number;
  readonly records: readonly BundledRecord[];
  readonly missing: readonly string[];
}

const style =
  'body{font:15px/1.45 sans-serif;max-width:68rem;margin:2rem auto;padding:0 1rem}' +
  'h2{font-size:1.1rem;margin-top:2rem;border-bottom:1px solid}' +
  'table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid #ddd}' +
  'code{font:13px monospace;overflow-wrap:anywhere}@media print{body{margin:0;max-width:none;font-size:11px}h2{break-after:avoid}tr{break-inside:avoid}}';

/** `index.html`: for people, printable, in one file that loads nothing. It states what the records say and proves nothing by itself. */
export function bundlePage(page: BundlePage): string {
  const { subject, audience, missing } = page;
  const title = `${subject.environment}: evidence of ${subject.promotion}`;
  const body = html`<h1>${title}</h1>
    <p>What the signed records in this bundle say. This page is not the proof: <code>fairlead-verify BUNDLE --trust FILE</code> is.</p>
    ${summary(page)}${missing.length === 0 ? undefined : html`<p><strong>Incomplete:</strong> ${missing.join(', ')}.</p>`}
    ${audience === 'full' ? fullSections(page) : undefined}${timeline(page)}`;
  const policy = `default-src 'none'; style-src 'sha256-${toBase64(sha256(utf8ToBytes(style)))}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>${html`${title}`.markup}</title><style>${style}</style></head>
<body>${body.markup}</body></html>
`;
}

function summary({ subject, audience, origin, size, records }: BundlePage): Html {
  const shown = records.filter((record) => isDisclosed(record, audience));
  const closure = factsOf(shown, 'promotion-closure').at(-1);
  const verdict = factsOf(shown, 'readiness').at(-1)?.said;
  const withheld = records.length - shown.length;
  return table(undefined, [
    ['Environment', subject.environment],
    ['Release', subject.release],
    ['Promotion', subject.promotion],
    ['Ended', closure === undefined ? 'not yet' : `${closure.said.status}, ${closure.record.at}`],
    [
      'Readiness',
      verdict === undefined
        ? audience === 'full'
          ? 'no verdict'
          : 'withheld'
        : `${verdict.verdict} as of ${verdict.asOf} (${verdict.spec})`,
    ],
    ['Log', `${origin}, ${String(size)} records`],
    ['Records', `${String(records.length)}${withheld === 0 ? '' : `, ${String(withheld)} of them withheld`}`],
    ['Exported', subject.at],
  ]);
}

function fullSections({ records }: BundlePage): Html {
  return html`${releaseSection(records)}${peopleSection(records)}${runningSection(records)}${driftSection(records)}${validationSection(records)}${controlSection(records)}`;
}

function timeline({ records, audience }: BundlePage): Html {
  const full = audience === 'full';
  const rows = records.map((record) => {
    const note = full ? (record.actor?.id ?? '') : isDisclosed(record, audience) ? 'here' : 'withheld';
    return [String(record.index), record.at, record.type, note, record.digest];
  });
  return section('Timeline', table(['Entry', 'At', 'Record', full ? 'By' : 'Content', 'Digest'], rows));
}
