import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Registration } from '../../../plan/generator.ts';
import { mergeContent } from '../merge-content.ts';
import type { Three } from '../three.ts';

const kLists: readonly Registration[] = [
  { kind: 'typescript-imports' },
  { kind: 'typescript-chain', variable: 'routes' },
];

/** The merged text, or the reason there is none. */
async function merge(texts: Three<string>): Promise<string> {
  const merged = await mergeContent({ path: 'src/routes.ts', ...texts, registrations: kLists });
  return merged.kind === 'merged' ? merged.text : merged.reason;
}

interface Routes {
  readonly imports: readonly string[];
  readonly routes: readonly string[];
}

function file({ imports, routes }: Routes): string {
  const calls = routes.map((route) => `\n  .${route}`).join('');
  return `${imports.join('\n')}\n\n/** Who answers. */\nexport const routes = new Routes()${calls};\n`;
}

const kImports = [
  "import { a } from './a.ts';",
  "import { b } from './b.ts';",
  "import { Routes } from './server/routes.ts';",
];
const kRoutes = ["get('/a', a)", "post('/b', b)"];
const kBase = { imports: kImports, routes: kRoutes };

function withRoutes(...routes: readonly string[]): string {
  return file({ ...kBase, routes });
}

function withImports(...imports: readonly string[]): string {
  return file({ ...kBase, imports });
}

describe('routes', () => {
  const [a = '', b = ''] = kRoutes;
  const [u, g] = ["get('/u', u)", "get('/g', (request) => {\n    answer(request);\n  })"];

  test.each([
    ['that both add', [a, b], [a, b, u], [a, b, g], [a, b, g, u]],
    ['that the user puts in front', [a, b], [u, a, b], [a, g, b], [u, a, g, b]],
    ['that are no longer generated', [a, b], [a, b, u], [b], [b, u]],
    ['that the user removed', [a, b], [b], [a, b, g], [b, g]],
    [
      'with another handler here',
      [a, b],
      ["get('/a', mine)", b],
      [a, b, g],
      ["get('/a', mine)", b, g],
    ],
    [
      'with another handler there',
      [a, b],
      [a, b, u],
      ["get('/a', other)", b],
      ["get('/a', other)", b, u],
    ],
  ])('merge: %s', async (_, base, disk, next, result) => {
    const texts = {
      base: withRoutes(...base),
      disk: withRoutes(...disk),
      next: withRoutes(...next),
    };
    expect(await merge(texts)).toBe(withRoutes(...result));
  });

  test('keep the comments around them', async () => {
    const disk = withRoutes(a, b)
      .replace('  .post', '  // Ours.\n  .post')
      .replace(', a)', ', a) // one');
    const next = withRoutes(g, a, b);
    const result = disk.replace("  .get('/a'", `  .${g}\n  .get('/a'`);
    expect(await merge({ base: withRoutes(a, b), disk, next })).toBe(result);
  });

  test('are left to the lines where a comment would swallow the semicolon', async () => {
    const disk = withRoutes(b, a).replace(', b)', ', b) // two');
    const merged = await merge({ base: withRoutes(b, a), disk, next: withRoutes(b) });
    expect(merged).toMatch(/^both sides changed/);
  });

  test('may end with a link', async () => {
    const link = "get('http://u', u)";
    const texts = { base: withRoutes(a), disk: withRoutes(a, link), next: withRoutes(a, b) };
    expect(await merge(texts)).toBe(withRoutes(a, b, link));
  });

  test('go back and forth, byte for byte', async () => {
    const [base, next, disk] = [withRoutes(a, b), withRoutes(a, g), withRoutes(u, a, b)];
    const there = await merge({ base, disk, next });
    expect(there).toBe(withRoutes(u, a, g));
    expect(await merge({ base: next, disk: there, next: base })).toBe(disk);
  });

  test('stand on one line or many as the user has them', async () => {
    const onOne = (text: string): string => text.replaceAll(/\n {2}\./g, '.');
    const [base, next] = [withRoutes(a, b), withRoutes(a, b, "get('/g', g)")];
    expect(await merge({ base, disk: onOne(withRoutes(a, b, u)), next })).toBe(
      onOne(withRoutes(a, b, "get('/g', g)", u)),
    );
    expect(await merge({ base: onOne(base), disk: onOne(withRoutes(a, b, u)), next })).toBe(
      withRoutes(a, b, "get('/g', g)", u),
    );
  });

  test.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['tabs', (text: string) => text.replaceAll('  ', '\t')],
    ['double quotes', (text: string) => text.replaceAll("'", '"')],
    ['four spaces', (text: string) => text.replaceAll('  .', '    .')],
  ])('have the form of the disk: %s', async (_, form) => {
    const [base, next] = [withRoutes(a, b), withRoutes(a, "get('/g', g)", b)];
    const disk = form(withRoutes(a, b, u));
    expect(await merge({ base, disk, next })).toBe(form(withRoutes(a, "get('/g', g)", b, u)));
  });

  test.each([
    [
      'both changed',
      ["get('/a', mine)", b],
      ["get('/a', theirs)", b],
      /^both sides changed line 7$/,
    ],
    [
      'one changed and the other removed',
      ["get('/a', mine)", b],
      [b],
      /^both sides changed line 7$/,
    ],
    [
      'both added with different handlers',
      [a, b, "get('/x', 1)"],
      [a, b, "get('/x', 2)"],
      /^line 9 already registers it: \.get\('\/x', 1\);$/,
    ],
  ])('conflict: %s', async (_, disk, next, reason) => {
    const texts = { base: withRoutes(a, b), disk: withRoutes(...disk), next: withRoutes(...next) };
    expect(await merge(texts)).toMatch(reason);
  });

  test('are left to the lines where there is no such variable', async () => {
    const rename = (text: string): string => text.replace('const routes', 'const paths');
    const [base, next] = [withRoutes(a, b), withRoutes(a, b, g)];
    expect(await merge({ base, disk: rename(base), next })).toMatch(
      /^export const paths[\s\S]*\/g/m,
    );
  });
});

describe('literals are left alone (P33)', () => {
  const text = (...routes: readonly string[]): string => withRoutes(...routes);
  const [, b = ''] = kRoutes;

  test.each([
    ['white space', "'a  b'", "'a b'"],
    ['a semicolon', "'a;b'", "'a b'"],
    ['a quote', `'say "a"'`, `"say 'a'"`],
    ['a bracket', "'a ( b'", "'a(b'"],
    ['a template', '`a  b`', '`a b`'],
    ['an expression', '/a  b;/', '/a b /'],
    ['the parts of a loop', '() => { for (;;a) a; }', '() => { for (;a;) a; }'],
    ['a hole', '[,]', '[]'],
  ])('an edit of %s is one', async (_, was, is) => {
    const base = text(`get('/a', ${was})`, b);
    const disk = text(`get('/a', ${is})`, b);
    const next = text(`get('/a', other(${was}))`, b, "get('/g', g)");
    expect(await merge({ base, disk, next })).toMatch(/^both sides changed/);
    expect(await merge({ base, disk, next: text(b) })).toMatch(/^both sides changed/);
    const more = text(`get('/a', ${was})`, b, "get('/g', g)");
    expect(await merge({ base, disk, next: more })).toBe(
      text(`get('/a', ${is})`, b, "get('/g', g)"),
    );
  });

  test.each([
    ['quotes', `get("/a", "it's")`, `get('/a', 'it\\'s')`],
    ['a trailing comma', "get('/a', f(1, 2,))", "get('/a', f(1, 2))"],
    ['line breaks', "get(\n    '/a',\n    a\n  )", "get('/a', a)"],
  ])('other %s are none', async (_, was, is) => {
    const next = text("get('/a', other)", b);
    expect(await merge({ base: text(was, b), disk: text(is, b), next })).toBe(next);
  });

  test('that hold quotes keep theirs', async () => {
    const form = (one: string): string => one.replaceAll("'", '"');
    const disk = form(text(b));
    const route = "get('/g', () => g('it\\'s', '\"', 'plain')) // don't";
    const merged = await merge({ base: text(b), disk, next: text(route, b) });
    expect(merged).toContain(`.get("/g", () => g('it\\'s', '"', "plain")) // don't`);
  });
});

describe('imports', () => {
  const [a = '', b = '', r = ''] = kImports;
  const [u, g] = ["import { u } from './u.ts';", "import { g } from './g.ts';"];

  test.each([
    ['that both add', [a, b, r], [a, b, r, u], [a, b, g, r], [a, b, g, r, u]],
    ['that the user puts in front', [a, b, r], [u, a, b, r], [g, a, b, r], [g, u, a, b, r]],
    [
      'for their effect',
      [a, r],
      ["import './u.ts';", a, r],
      [a, "import 'g';", r],
      ["import './u.ts';", a, "import 'g';", r],
    ],
    [
      'of a whole module',
      [a, r],
      [a, r, "import * as u from 'u';"],
      [r],
      [r, "import * as u from 'u';"],
    ],
    [
      'of types',
      [a, r],
      [a, r, "import type { A } from './a.ts';"],
      [a, b, r],
      [a, b, r, "import type { A } from './a.ts';"],
    ],
    [
      'of one name by each',
      [a, r],
      [a.replace('a }', 'a, u }'), r],
      [a.replace('a }', 'a, g }'), r],
      [a.replace('a }', 'a, g, u }'), r],
    ],
    [
      'of a name that is no longer generated',
      [a.replace('a }', 'a, b }'), r],
      [a.replace('a }', 'a, b, u }'), r],
      [a, r],
      [a.replace('a }', 'a, u }'), r],
    ],
    [
      'with the names of the user alone',
      [a, r],
      [a.replace('a }', 'a, u }'), r],
      [r],
      [a.replace('a }', 'u }'), r],
    ],
    [
      'with a default',
      [a, r],
      [a.replace('{', 'd, {'), r],
      [a.replace('a }', 'a, g }'), r],
      [a.replace('{ a }', 'd, { a, g }'), r],
    ],
  ])('merge: %s', async (_, base, disk, next, result) => {
    const texts = {
      base: withImports(...base),
      disk: withImports(...disk),
      next: withImports(...next),
    };
    expect(await merge(texts)).toBe(withImports(...result));
  });

  test('stay while the user has a use of their own for them', async () => {
    const base = withImports(a, b, r);
    const next = withImports(a, r).replace("\n  .post('/b', b)", '');
    const disk = `${base}\nexport const mine = b;\n`;
    const text = `${next.replace(a, `${a}\n${b}`)}\nexport const mine = b;\n`;
    expect(await merge({ base, disk, next })).toBe(text);
  });

  test('stay by name while the user has a use of their own for it', async () => {
    const both = a.replace('a }', 'a, b }');
    const [base, next] = [withImports(both, r), withImports(a, r)].map((text) =>
      text.replace(', b)', ', 1)'),
    );
    const disk = `${base}\nexport const mine = b;\n`;
    expect(await merge({ base: base ?? '', disk, next: next ?? '' })).toBe(disk);
  });

  test('that the user removed come back with a new use for them', async () => {
    const base = withImports(a, b, r).replace(', b)', ', 1)');
    const disk = `// Mine.\n${withImports(a, r).replace(', b)', ', 1)')}`;
    const merged = await merge({ base, disk, next: withImports(a, b, r) });
    expect(merged).toBe(`// Mine.\n${withImports(a, b, r)}`);
  });

  test('for their effect that both add stand once', async () => {
    const disk = withImports(a, "import './x.ts'", r, "import './u.ts'");
    const next = withImports(a, "import './x.ts';", r, "import './g.ts';");
    const result = withImports(a, "import './x.ts'", r, "import './g.ts';", "import './u.ts'");
    expect(await merge({ base: withImports(a, r), disk, next })).toBe(result);
  });

  test('span lines where the user has them so', async () => {
    const lines = "import {\n  a,\n  u,\n} from './a.ts';";
    const next = withImports(a.replace('a }', 'a, g }'), r);
    const result = withImports("import {\n  a,\n  g,\n  u,\n} from './a.ts';", r);
    expect(await merge({ base: withImports(a, r), disk: withImports(lines, r), next })).toBe(
      result,
    );
  });

  test('have no semicolon and double quotes where the user has it so', async () => {
    const form = (text: string): string => text.replaceAll("'", '"').replace(/;$/gm, '');
    const disk = form(withImports(a, r));
    const result = form(withImports(a, g, r));
    expect(await merge({ base: withImports(a, r), disk, next: withImports(a, g, r) })).toBe(result);
  });

  test('keep the comments around them', async () => {
    const disk = withImports('// Head.', a, '// Mine.', `${b} // here`, r);
    const result = withImports('// Head.', a, g, '// Mine.', `${b} // here`, r);
    expect(await merge({ base: withImports(a, b, r), disk, next: withImports(a, g, b, r) })).toBe(
      result,
    );
  });

  test('with a comment of the user are not removed', async () => {
    const disk = withImports(a, '// Mine.', b, r);
    const reason = 'both sides changed lines 2 to 3';
    expect(await merge({ base: withImports(a, b, r), disk, next: withImports(a, r) })).toBe(reason);
  });
});

test('a conflict beside a list is told by the lines of the disk', async () => {
  const [a = '', r = ''] = [kImports[0], kImports[2]];
  const base = `${withImports(a, r)}const x = 1;\n`;
  const next = `${withImports(a, "import { g } from 'g';", r)}const x = 2;\n`;
  const disk = base.replace('x = 1', 'x = 3');
  const line = disk.split('\n').indexOf('const x = 3;') + 1;
  expect(await merge({ base, disk, next })).toBe(`both sides changed line ${line}`);
});

describe('whatever lists', () => {
  const kNames = fc.subarray(['a', 'b', 'c', 'd', 'e', 'f']);
  const fileOf = (names: readonly string[]): string =>
    file({
      imports: [
        ...names.map((name) => `import { ${name} } from './${name}.ts';`),
        kImports[2] ?? '',
      ],
      routes: names.map((name) => `get('/${name}', ${name})`),
    });
  const setOf = (text: string): string => (text.match(/(?<=')\/\w+/g) ?? []).sort().join();

  test('the routes of both are there, and those that one removed are not', () =>
    fc.assert(
      fc.asyncProperty(kNames, kNames, kNames, async (base, ours, theirs) => {
        const disk = [...ours, 'u'];
        const texts = { base: fileOf(base), disk: fileOf(disk), next: fileOf(theirs) };
        const stays = (name: string): boolean =>
          base.includes(name) ? disk.includes(name) && theirs.includes(name) : true;
        const result = [...new Set([...disk, ...theirs])].filter(stays);
        const merged = await merge(texts);
        expect(setOf(merged)).toBe(setOf(fileOf(result)));
        const linesOf = (text: string): readonly string[] => text.replaceAll(';', '').split('\n');
        expect(linesOf(merged).toSorted()).toEqual(linesOf(fileOf(result)).toSorted());
      }),
      { numRuns: 100 },
    ));
});

test('a broken file is merged by lines', async () => {
  const base = `${withRoutes(...kRoutes)}\nfunction f() {\n  return 1;\n}\n`;
  const disk = base.replace('return 1;', 'return (1;');
  const next = withRoutes(...kRoutes, "get('/g', g)") + base.slice(withRoutes(...kRoutes).length);
  const merged = await merge({ base, disk, next });
  expect(merged).toContain("  .get('/g', g);");
  expect(merged).toContain('return (1;');
});

test('a file that imports itself is merged', async () => {
  const own = "import { routes as self } from './routes.ts';\n";
  const disk = own + withRoutes(...kRoutes);
  const merged = await merge({
    base: withRoutes(...kRoutes),
    disk,
    next: withRoutes(...kRoutes, "get('/g', g)"),
  });
  expect(merged).toBe(own + withRoutes(...kRoutes, "get('/g', g)"));
});
