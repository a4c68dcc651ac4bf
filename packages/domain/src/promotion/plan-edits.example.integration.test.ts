import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applySplices } from '../desired-state/apply-splices.ts';
import { ObjectSha } from '../desired-state/commit-sha.ts';
import { fileChanges } from '../desired-state/file-change.ts';
import type { TreeFile } from '../desired-state/tree-file.ts';
import { RepoPath } from '../document/repo-path.ts';
import { type Environment, readEnvironment } from '../environment/environment.ts';
import { readReleaseManifest } from '../release/release-manifest.ts';
import { readService, type Service } from '../service/service.ts';
import { type EditsInput, planEdits } from './plan-edits.ts';
import { type PlannedPaths, plannedPaths } from './planned-paths.ts';

const example = join(import.meta.dirname, '../../../../examples/platform-control');
const unreleased = join(example, '../history/unreleased');

const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

function parsed<T>(result: { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'invalid' }): T {
  if (result.kind === 'ok') return result.value;
  throw new Error('the example has an invalid document');
}

const service: Service = parsed(readService(read(example, '.fairlead/service.yaml'), 'service.yaml'));
const manifestText = read(example, '../history/releases/1.41.0.yaml');
const release = readReleaseManifest(manifestText, '1.41.0.yaml');
if (release.kind === 'invalid') throw new Error('the example has an invalid manifest');
const { value: manifest, digest } = release;

function environmentOf(name: string): Environment {
  return parsed(readEnvironment(read(example, `.fairlead/environments/${name}.yaml`), name));
}

function filesBelow(root: string, folder: string): readonly TreeFile[] {
  const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true }) : [];
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => RepoPath.parse(relative(root, join(entry.parentPath, entry.name))))
    .map((path) => ({ path, mode: '100644', blob: blobOf(read(root, path)) }));
}

function blobOf(text: string): ObjectSha {
  return ObjectSha.parse(createHash('sha1').update(text).digest('hex'));
}

function inputAt(root: string, environment: Environment, paths: PlannedPaths): EditsInput {
  const text = (path: RepoPath): { readonly path: RepoPath; readonly text?: string } =>
    existsSync(join(root, path)) ? { path, text: read(root, path) } : { path };
  const base = RepoPath.parse('deploy/base');
  return {
    service,
    environment,
    release: { manifest, digest, text: manifestText },
    overlay: text(RepoPath.parse(`${paths.environment}/kustomization.yaml`)),
    reference: text(paths.reference),
    values: text(paths.values),
    manifest: text(paths.manifest),
    pinned: { folder: paths.pinned, files: filesBelow(root, paths.pinned) },
    base: { folder: base, files: filesBelow(example, base) },
  };
}

describe.each(['dev-control-rke2', 'staging', 'prod'])('planEdits for the example’s %s', (name) => {
  const environment = environmentOf(name);
  const paths = plannedPaths('', { service, environment, release: digest });

  it('gives the committed bytes of 1.41.0', () => {
    const { edits, problems } = planEdits(inputAt(unreleased, environment, paths));

    const copied: string[] = [];
    expect(problems).toEqual([]);
    for (const [path, change] of fileChanges(edits)) {
      if (change.kind === 'copy') copied.push(path);
      const made =
        change.kind === 'splices'
          ? applySplices(read(unreleased, path), change.splices)
          : change.kind === 'copy'
            ? read(example, change.from)
            : change.kind === 'write'
              ? change.text
              : undefined;
      expect({ path, text: made }).toEqual({ path, text: read(example, path) });
    }
    expect(copied).toEqual(filesBelow(example, paths.pinned).map(({ path }) => path));
  });

  it('has nothing to edit on the released tree', () => {
    expect(planEdits(inputAt(example, environment, paths))).toEqual({ edits: [], problems: [] });
  });
});
