import { isDeepStrictEqual } from 'node:util';

import { comparedTo } from '../application/status-after-compare.ts';
import { refreshAnnotation } from '../application/status-patch.ts';
import { at } from '../../json/json.ts';
import { annotationOf, type KubeObject } from '../../kube/kube-object.ts';

/** How fresh a comparison must be: `live` compares with the revision that is known, `git` asks for the newest, `hard` renders it again. */
export type RefreshLevel = 'none' | 'live' | 'git' | 'hard';

const levels: readonly RefreshLevel[] = ['none', 'live', 'git', 'hard'];

export function higher(a: RefreshLevel, b: RefreshLevel): RefreshLevel {
  return levels.indexOf(a) > levels.indexOf(b) ? a : b;
}

export function isAtLeast(level: RefreshLevel, wanted: RefreshLevel): boolean {
  return levels.indexOf(level) >= levels.indexOf(wanted);
}

/** The refresh that an application's own state asks for. */
export function demandedLevel(application: KubeObject): RefreshLevel {
  const requested = annotationOf(application, refreshAnnotation);
  if (requested !== undefined) return requested === 'hard' ? 'hard' : 'git';
  const compared = at(application, 'status', 'sync', 'comparedTo');
  if (compared === undefined) return 'git';
  return isDeepStrictEqual(compared, comparedTo(application)) ? 'none' : 'hard';
}
