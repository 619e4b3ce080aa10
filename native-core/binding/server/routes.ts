/** Which handler answers which method and path. */

import { type Params, paramNames } from './path.ts';
import type { Request } from './request.ts';
import type { Response } from './response.ts';

/**
 * Answers one request, now or later. If it throws, the answer is a 500 and the error is logged. The
 * same happens, after a garbage collection, if it returns and leaves nothing behind that could
 * answer.
 */
export type Handler<Path extends string = string> = (
  request: Request<Params<Path>>,
  response: Response,
) => void | Promise<void>;

/**
 * Runs before handlers. Given the next handler, it returns the one to call instead, which either
 * answers itself, or calls `next` and returns its result.
 */
export type Middleware = <Path extends string>(next: Handler<Path>) => Handler<Path>;

/**
 * Methods that a route may have; GET routes also answer HEAD, and the server itself answers
 * OPTIONS.
 */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A route's options besides its handler. */
export interface RouteOptions {
  /**
   * Larger bodies get 413; overrides `--max-body-bytes`, in either direction.
   * 0, or left out: no override.
   */
  readonly maxBodyBytes?: number;
}

export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly maxBodyBytes: number;
  readonly paramNames: readonly string[];
  readonly handler: Handler;
}

/**
 * The routes of a server, matched by the native core: other paths never enter JavaScript.
 * A segment `:name` matches any one segment, a final `*` all that follow.
 */
export class Routes {
  private readonly routes: Route[] = [];
  private readonly middleware: Middleware[] = [];

  get<const Path extends `/${string}`>(
    path: Path,
    handler: Handler<Path>,
    options?: RouteOptions,
  ): this {
    return this.add('GET', path, handler, options);
  }

  post<const Path extends `/${string}`>(
    path: Path,
    handler: Handler<Path>,
    options?: RouteOptions,
  ): this {
    return this.add('POST', path, handler, options);
  }

  put<const Path extends `/${string}`>(
    path: Path,
    handler: Handler<Path>,
    options?: RouteOptions,
  ): this {
    return this.add('PUT', path, handler, options);
  }

  patch<const Path extends `/${string}`>(
    path: Path,
    handler: Handler<Path>,
    options?: RouteOptions,
  ): this {
    return this.add('PATCH', path, handler, options);
  }

  delete<const Path extends `/${string}`>(
    path: Path,
    handler: Handler<Path>,
    options?: RouteOptions,
  ): this {
    return this.add('DELETE', path, handler, options);
  }

  /**
   * Puts a middleware around every route, including existing ones. They are called in the order
   * added; files and refusals (404, 405) are answered without them.
   */
  use(middleware: Middleware): this {
    this.middleware.push(middleware);
    return this;
  }

  /** All routes, in the order in which they were added, each behind the middleware. */
  get all(): readonly Route[] {
    return this.routes.map((route) => ({ ...route, handler: this.behind(route.handler) }));
  }

  private behind(handler: Handler): Handler {
    return this.middleware.reduceRight((next, middleware) => middleware(next), handler);
  }

  private add<Path extends string>(
    method: Method,
    path: Path,
    handler: Handler<Path>,
    { maxBodyBytes = 0 }: RouteOptions = {},
  ): this {
    if (this.routes.some((route) => route.method === method && route.path === path)) {
      throw new Error(`two routes for ${method} ${path}: remove one of them`);
    }
    if (!Number.isSafeInteger(maxBodyBytes) || maxBodyBytes < 0) {
      throw new RangeError(
        `${method} ${path}: maxBodyBytes is not a number of bytes: ${maxBodyBytes}`,
      );
    }
    // The core matches the path before it calls, so `params` has exactly these names.
    const anyHandler = handler as unknown as Handler;
    const names = paramNames(path);
    this.routes.push({ method, path, paramNames: names, maxBodyBytes, handler: anyHandler });
    return this;
  }
}
