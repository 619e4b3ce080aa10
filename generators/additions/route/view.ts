/** What a route's templates know about it. */

import type { Values } from '../../../src/spec/question.ts';
import { camelCase } from '../names.ts';

export interface RouteView {
  readonly method: string;
  readonly path: string;
  /** Whether TypeScript's declaration of the handler needs a separate line for the path. */
  readonly isLong: boolean;
  readonly takesBody: boolean;
  readonly hasParams: boolean;
  readonly params: readonly Param[];
  /** The key under which the body is sent back: different from the path's own names. */
  readonly bodyKey: string;
  /** Whether the handler has nothing to send back but a greeting. */
  readonly greets: boolean;
}

interface Param {
  /** `id`, or `*`. */
  readonly name: string;
  /** As a key of a TypeScript object: `id`, or `'*'`. */
  readonly key: string;
  /** What follows `request.params`: `.id`, or `['*']`. */
  readonly access: string;
  /** The value that the test uses for the segment. */
  readonly sample: string;
}

const kMethodsWithBody: readonly string[] = ['PATCH', 'POST', 'PUT'];

export function routeView(route: Values): RouteView {
  const { name, method } = route;
  const path = pathOf(route);
  const params = paramsOf(path);
  const takesBody = kMethodsWithBody.includes(String(method));
  return {
    method: String(method),
    path,
    isLong: declarationLength(String(name), path, takesBody) > 100,
    takesBody,
    hasParams: params.length > 0,
    params,
    bodyKey: params.some((param) => param.name === 'body') ? 'received' : 'body',
    greets: params.length === 0 && !takesBody,
  };
}

/** The path it answers; a route without a path uses its name. */
export function pathOf({ name, path }: Values): string {
  return path === '' ? `/${name}` : String(path);
}

/** Whether the paths are equal, apart from the names of their segments. */
export function matchesTheSame(one: string, other: string): boolean {
  return withoutNames(one) === withoutNames(other);
}

function withoutNames(path: string): string {
  return path.replaceAll(/\/:[^/]+/g, '/:');
}

/** The path as a client may request it: `/users/1` for `/users/:id`. */
export function samplePath(path: string): string {
  let count = 0;
  return segmentsOf(path)
    .map((segment) => (isParam(segment) ? String(++count) : segment))
    .join('/');
}

function paramsOf(path: string): readonly Param[] {
  return segmentsOf(path)
    .filter(isParam)
    .map((segment, index) => {
      const name = segment.replace(/^:/, '');
      const isRest = name === '*';
      return {
        name,
        key: isRest ? "'*'" : name,
        access: isRest ? "['*']" : `.${name}`,
        sample: String(index + 1),
      };
    });
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/');
}

function isParam(segment: string): boolean {
  return segment.startsWith(':') || segment === '*';
}

function declarationLength(name: string, path: string, isAsync: boolean): number {
  const modifier = isAsync ? 'async ' : '';
  return `export const ${camelCase(name)}: Handler<'${path}'> = ${modifier}(request, response) => {`
    .length;
}
