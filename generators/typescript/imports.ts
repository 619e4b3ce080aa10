/** Import declarations of files shared by several features. */

import { compareNaturally } from '../additions/natural-order.ts';

export interface Import {
  /** `{ configure }` */
  readonly names: string;
  /** `./config.ts` */
  readonly from: string;
}

export function importOf(names: readonly string[], from: string): Import {
  return { names: `{ ${names.join(', ')} }`, from };
}

const kColumns = 100;

/** In the formatter's layout. */
export function declarationOf({ names, from }: Import): string {
  const inOneLine = `import ${names} from '${from}';`;
  if (inOneLine.length <= kColumns) return inOneLine;
  const each = names.replaceAll(', ', ',\n  ').replace('{ ', '{\n  ').replace(' }', ',\n}');
  return `import ${each} from '${from}';`;
}

/** For the exports of modules below `src/`: a declaration for each module. */
export function importsOf(
  exported: readonly { readonly name: string; readonly module: string }[],
): readonly Import[] {
  const modules = [...new Set(exported.map(({ module }) => module))];
  return modules.map((module) => {
    const names = exported.filter((one) => one.module === module).map(({ name }) => name);
    return importOf([...new Set(names)].sort(), `./${module}.ts`);
  });
}

export function inOrder(imports: readonly Import[]): readonly Import[] {
  return imports.toSorted((a, b) => compareNaturally(a.from, b.from));
}
