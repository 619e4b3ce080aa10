/** The parameters in a route's path, as types. */

type NameIn<Segment extends string> = Segment extends `:${infer Name}`
  ? Name
  : Segment extends '*'
    ? '*'
    : never;

/** The names in a path: `'id' | '*'` for `/users/:id/files/*`. */
export type ParamName<Path extends string> = Path extends `${infer Segment}/${infer Rest}`
  ? NameIn<Segment> | ParamName<Rest>
  : NameIn<Path>;

/** A decoded string for each name: `{ id: string }` for `/users/:id`. */
export type Params<Path extends string> = string extends Path
  ? Readonly<Record<string, string>>
  : { readonly [Name in ParamName<Path>]: string };

/** The names in the order in which they appear in the path. */
export function paramNames(path: string): readonly string[] {
  return path.split('/').flatMap((segment) => {
    if (segment === '*') return ['*'];
    return segment.startsWith(':') ? [segment.slice(1)] : [];
  });
}
