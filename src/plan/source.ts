/** What a planned file is made of. */

/** A Handlebars template below `templates/`, with its whole view (plain objects only). */
export interface Rendering {
  readonly template: string;
  readonly view: object;
}

export type Source =
  /** The texts of its parts, without their last line breaks, are in the view as `parts`. */
  | ({ readonly kind: 'template'; readonly parts?: Parts } & Rendering)
  /** A verbatim copy of a packaged file, such as one of `native-core/`. */
  | { readonly kind: 'copy'; readonly from: string }
  /** A value printed as JSON with two spaces of indentation. */
  | { readonly kind: 'json'; readonly value: object };

/** By name: `{{parts.usage}}` is the text of `usage`. */
export type Parts = Readonly<Record<string, Rendering>>;

/** All templates that a source is made of. In the first one's view, the parts' texts are empty. */
export function renderingsOf(source: Source): readonly Rendering[] {
  if (source.kind !== 'template') return [];
  const { template, view, parts = {} } = source;
  const names = Object.keys(parts);
  if (names.length === 0) return [{ template, view }];
  const empty = Object.fromEntries(names.map((name) => [name, '']));
  return [{ template, view: { ...view, parts: empty } }, ...Object.values(parts)];
}
