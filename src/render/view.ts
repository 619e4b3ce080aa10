/**
 * Views must be plain objects: Handlebars silently renders getters, maps and class instances as
 * nothing.
 */

/** What in a view isn't plain, by path; empty for a valid one. */
export function viewFaults(view: unknown, path = 'view'): readonly string[] {
  if (view === null || ['string', 'number', 'boolean'].includes(typeof view)) return [];
  if (typeof view !== 'object') return [`${path} is ${typeof view}: use a text, a number or null`];
  if (Array.isArray(view)) {
    return view.flatMap((element, index) => viewFaults(element, `${path}[${index}]`));
  }
  const prototype: unknown = Object.getPrototypeOf(view);
  if (prototype !== Object.prototype && prototype !== null)
    return [`${path} is not a plain object`];
  return Object.entries(Object.getOwnPropertyDescriptors(view)).flatMap(([key, property]) =>
    property.get === undefined
      ? viewFaults(property.value, `${path}.${key}`)
      : [`${path}.${key} is a getter`],
  );
}
