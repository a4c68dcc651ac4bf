import { namedValue } from '../named-literal.ts';
import { ownerOf, textOf, type Extractor } from '../scan-hit.ts';

const withDefault = /\$\{([A-Za-z_]\w{0,80}):?[-=]([^{}$]+)\}/g;

/** Defaults of variables that are secrets themselves: `${DB_PASS:=hunter2}`. */
export const substitutions: Extractor = ({ objects }) =>
  objects.flatMap((object) =>
    object.leaves
      .filter(({ leaf }) => typeof leaf.value === 'string' && leaf.value.includes('${') && object.kind !== 'Secret')
      .flatMap(({ leaf }) =>
        [...textOf(leaf).matchAll(withDefault)].flatMap(([, name = '', value = '']) => {
          const kind = namedValue(name, value);
          if (kind !== 'literal' && kind !== 'example') return [];
          const message = `${ownerOf(object)} has a default for \${${name}} that is a value in clear`;
          return [{ rule: 'S15', leaf, value, message, object, ...(kind === 'example' ? { severity: 'warning' as const } : {}) }];
        }),
      ),
  );
