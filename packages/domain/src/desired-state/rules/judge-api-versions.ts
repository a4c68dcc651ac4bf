import { textAt } from '../../document/json-field.ts';
import type { JsonObject } from '../../document/json.ts';
import { objectName } from '../object-ref.ts';
import { objectRefOf } from '../object-ref-of.ts';
import { apiLives } from './api-lives.ts';
import type { ObjectFault } from './object-fault.ts';

/** API versions that no supported cluster serves, and those that are on their way out. */
export function judgeApiVersions(objects: readonly JsonObject[]): readonly ObjectFault[] {
  return objects.flatMap((object): readonly ObjectFault[] => {
    const [apiVersion, kind] = [textAt(object, 'apiVersion') ?? '', textAt(object, 'kind') ?? ''];
    const life = apiLives.get(`${apiVersion} ${kind}`);
    if (life === undefined) return [];
    const ref = objectRefOf(object);
    const fix = life.use === undefined ? 'remove it: nothing takes its place' : `use ${life.use}`;
    const gone = life.kind === 'removed';
    const message = `${objectName(ref)} is written for ${apiVersion}, which Kubernetes ${gone ? `removed in ${life.since}` : `deprecates since ${life.since}`}`;
    return [{ rule: gone ? 'api-removed' : 'api-deprecated', object: ref, path: ['apiVersion'], message, fix }];
  });
}
