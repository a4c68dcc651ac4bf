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
  'body{font:15px/1.45 system-ui,sans-serif;max-width:68rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}' +
  'h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem;border-bottom:1px solid #767676}' +
  'table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #ddd}' +
  'code{font:13px ui-monospace,monospace;overflow-wrap:anywhere}@media print{body{margin:0;max-width:none;font-size:11px}h2{break-after:avoid}tr{break-inside:avoid}}';

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
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width"><title>${html`${title}`.markup}</title><style>${style}</style></head>
<body>${body.markup}</body></html>
`;
}

function summary({ subject, audience, origin, size, records }: BundlePage): Html {
  const shown = records.filter((record) => isDisclosed(record, audience));
  const closure = factsOf(shown, 'promotion-closure').at(-1);
  const verdict = factsOf(shown, 'readiness').at(-1)?.said;
  const withheld = records.length - shown.length;
  return table(undefined, [
    ['Service', subject.service],
    ['Environment', subject.environment],
    ['Release', subject.release],
    ['Promotion', subject.promotion],
    ['Ended', closure === undefined ? 'not yet' : `${closure.said.status}, ${closure.record.at}`],
    [
      'Readiness',
      verdict === undefined
        ? audience === 'full'
          ? 'no verdict'
          : 'as the end says; the verdict itself is withheld'
        : `${verdict.verdict} as of ${verdict.asOf} (${verdict.spec})`,
    ],
    ['Log', `${origin}, ${String(size)} records`],
    [
      'Records',
      `${String(records.length)}${withheld === 0 ? '' : `, of which ${String(withheld)} are withheld: only their proofs are here`}`,
    ],
    ['Exported', subject.at],
  ]);
}

function fullSections({ records }: BundlePage): Html {
  return html`${releaseSection(records)}${peopleSection(records)}${runningSection(records)}${driftSection(records)}${validationSection(records)}${controlSection(records)}`;
}

function timeline({ records, audience }: BundlePage): Html {
  const rows = records.map((record) => [
    String(record.index),
    record.at,
    record.type,
    audience === 'full' ? (record.actor?.id ?? '') : isDisclosed(record, audience) ? '' : 'withheld',
    record.digest,
  ]);
  return section('Timeline', table(['Entry', 'At', 'Record', audience === 'full' ? 'By' : '', 'Digest'], rows));
}
