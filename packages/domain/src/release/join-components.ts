import { agreed, type AssemblyProblem, type SaidIn } from './agreed.ts';
import type { ReleaseComponent } from './release-component.ts';
import type { ReleaseFragment } from './release-fragment.ts';

interface Source {
  readonly file: string;
  readonly fragment: ReleaseFragment;
}

/** The components of all fragments. Two may say the same of one; they may not say two images of one. */
export function joinComponents(files: readonly Source[]): {
  readonly value: readonly ReleaseComponent[];
  readonly problems: readonly AssemblyProblem[];
} {
  const names = [...new Set(files.flatMap(({ fragment }) => (fragment.components ?? []).map(({ name }) => name)))].toSorted();
  const joined = names.map((name) =>
    join(
      name,
      files.flatMap(({ file, fragment }) => {
        const own = (fragment.components ?? []).find((component) => component.name === name);
        return own === undefined ? [] : [{ file, value: own }];
      }),
    ),
  );
  return { value: joined.flatMap(({ value }) => value ?? []), problems: joined.flatMap(({ problems }) => problems) };
}

function join(
  name: string,
  words: readonly SaidIn<ReleaseComponent>[],
): { readonly value?: ReleaseComponent; readonly problems: readonly AssemblyProblem[] } {
  const images = words.map(({ file, value: { image } }) => ({ file, value: `${image.repository}@${image.digest}` }));
  const { problems } = agreed(`component ${name}`, images, String);
  const [first] = words;
  if (first === undefined || problems.length > 0) return { problems };
  const platforms = joinMaps(`component ${name} on`, words, 'platforms');
  const configs = joinMaps(`the configuration of component ${name} on`, words, 'configs');
  const { repository, digest } = first.value.image;
  const image = {
    repository,
    digest,
    ...(platforms.value === undefined ? {} : { platforms: platforms.value }),
    ...(configs.value === undefined ? {} : { configs: configs.value }),
  };
  return { value: { name: first.value.name, image }, problems: [...platforms.problems, ...configs.problems] };
}

type Digests = NonNullable<ReleaseComponent['image']['platforms']>;

/** One job may know more platforms of an index than another. */
function joinMaps(
  what: string,
  words: readonly SaidIn<ReleaseComponent>[],
  field: 'platforms' | 'configs',
): { readonly value?: Digests; readonly problems: readonly AssemblyProblem[] } {
  const maps = words.flatMap(({ file, value: { image } }) => (image[field] === undefined ? [] : [{ file, value: image[field] }]));
  if (maps.length === 0) return { problems: [] };
  const entries = maps.flatMap(({ file, value }) => Object.entries(value).map(([platform, digest]) => ({ file, platform, digest })));
  const names = [...new Set(entries.map(({ platform }) => platform))].toSorted();
  const problems = names.flatMap((platform) => {
    const own = entries.filter((entry) => entry.platform === platform).map(({ file, digest }) => ({ file, value: digest }));
    return agreed(`${what} ${platform}`, own, String).problems;
  });
  return { value: maps.map(({ value }) => value).reduce((all, map) => ({ ...map, ...all })), problems };
}
