// Builds the guest: `npm run build:renderer`. With --check, compares a fresh build with what is committed and
// exits 1 where they differ, 2 where this machine has no Go of exactly the recorded version.
import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { kustomizeVersion, moduleVersions, requireGo, runGo } from './toolchain.js';
import { thirdPartyNotices } from './notices.js';

const wasm = new URL('../wasm/', import.meta.url);
const artifact = new URL('renderer.wasm.br', wasm);
const description = new URL('renderer.json', wasm);
const notices = new URL('THIRD-PARTY-NOTICES.txt', wasm);

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function buildModule() {
  const folder = mkdtempSync(join(tmpdir(), 'fairlead-renderer-'));
  try {
    const out = join(folder, 'renderer.wasm');
    // What `managedByLabel` prints; the released program takes it from its own module version.
    const stamp = `-X sigs.k8s.io/kustomize/api/provenance.version=${kustomizeVersion}`;
    runGo([
      'build',
      '-mod=readonly',
      '-trimpath',
      '-buildvcs=false',
      '-buildmode=c-shared',
      '-ldflags',
      `-s -w -buildid= ${stamp}`,
      '-o',
      out,
      '.',
    ]);
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compress(bytes) {
  const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params });
}

function describe(module, goVersion) {
  return `${JSON.stringify({ sha256: sha256(module), goVersion, kustomize: kustomizeVersion, ...moduleVersions() }, null, 2)}\n`;
}

function write(goVersion) {
  const module = buildModule();
  console.log(`built ${String(module.length)} bytes; compressing, which takes a minute or two`);
  mkdirSync(wasm, { recursive: true });
  writeFileSync(artifact, compress(module));
  writeFileSync(description, describe(module, goVersion));
  writeFileSync(notices, thirdPartyNotices());
  console.log(readFileSync(description, 'utf8'));
}

function check(goVersion) {
  const committed = JSON.parse(readFileSync(description, 'utf8'));
  if (committed.goVersion !== goVersion) {
    console.error(`not checked: the committed module was built with ${committed.goVersion}, this is ${goVersion}`);
    return 2;
  }
  const module = buildModule();
  const stale = [
    sha256(brotliDecompressSync(readFileSync(artifact))) === committed.sha256
      ? []
      : ['renderer.wasm.br does not hold the module of renderer.json'],
    describe(module, goVersion) === readFileSync(description, 'utf8') ? [] : ['renderer.json differs from a fresh build'],
    thirdPartyNotices() === readFileSync(notices, 'utf8') ? [] : ['THIRD-PARTY-NOTICES.txt differs from a fresh one'],
  ].flat();
  for (const problem of stale) console.error(`${problem}: run npm run build:renderer`);
  return stale.length === 0 ? 0 : 1;
}

const checking = process.argv.includes('--check');
try {
  const goVersion = requireGo();
  if (checking) process.exitCode = check(goVersion);
  else write(goVersion);
} catch (error) {
  console.error(error.message);
  process.exitCode = checking && error.code === 'no-go' ? 2 : 1;
}
