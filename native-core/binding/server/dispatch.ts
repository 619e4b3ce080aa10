/** Calls handlers for the core, and deals with whatever they do. */

import { AsyncResource, executionAsyncId } from 'node:async_hooks';
import { isCutOff } from './exchanges.ts';
import { HttpError } from './http-error.ts';
import { type ExchangeId, KnownType, native } from './native.ts';
import { Request } from './request.ts';
import { type Failure, Response } from './response.ts';
import type { Route } from './routes.ts';
import { whenAbandoned } from './unanswered.ts';

/** Receives what a handler has thrown, and where: `GET /users/7`. */
export type OnHandlerError = (error: unknown, request: string) => void;

const kInternalError: Failure = {
  status: 500,
  text: 'Internal Server Error\n',
  keepsFields: false,
};

/** Returns the function that a loop calls for each request. It never throws. */
export function dispatcher(
  routes: readonly Route[],
  onError: OnHandlerError,
): (route: number, exchange: ExchangeId) => void {
  return (index, exchange) => {
    // Each request gets its own async context, so what its handler enters (AsyncLocalStorage)
    // affects no other. Passing the trigger keeps Node from reading its default options, which are
    // slow objects (Node 20).
    const context = new AsyncResource('HPSERVER_EXCHANGE', executionAsyncId());
    context.runInAsyncScope(answer, undefined, routes[index] as Route, exchange, onError);
  };
}

function answer(route: Route, exchange: ExchangeId, onError: OnHandlerError): void {
  const response = new Response(exchange);
  try {
    const request = new Request(exchange, route.paramNames, response);
    const answering = route.handler(request, response);
    if (answering !== undefined) settleLater(answering, exchange, route, response, onError);
    else if (!response.answered) expectAnswer(exchange, route, response, onError);
  } catch (error) {
    fail(error, exchange, route, response, onError);
  }
}

function settleLater(
  answering: Promise<void>,
  exchange: ExchangeId,
  route: Route,
  response: Response,
  onError: OnHandlerError,
): void {
  const settle = (): void => {
    if (!response.answered) expectAnswer(exchange, route, response, onError);
  };
  answering.then(settle, (error) => fail(error, exchange, route, response, onError));
}

/** The handler has returned: what it has started may still answer while it holds the response. */
function expectAnswer(
  exchange: ExchangeId,
  route: Route,
  response: Response,
  onError: OnHandlerError,
): void {
  whenAbandoned(response, () => {
    const target = native.target(exchange);
    if (target === undefined) return;
    const { status, text } = kInternalError;
    native.send(exchange, status, KnownType.text, text);
    const error = new Error(`the handler of ${route.method} ${route.path} has not answered`);
    onError(error, `${route.method} ${target}`);
  });
}

function fail(
  error: unknown,
  exchange: ExchangeId,
  route: Route,
  response: Response,
  onError: OnHandlerError,
): void {
  // No one is left to answer, and the handler did nothing wrong. Code that was given the request's
  // signal throws an error of its own, with ours as its cause.
  if (isCutOff(error, exchange)) return;
  const target = native.target(exchange) ?? route.path;
  const { answered } = response;
  if (error instanceof HttpError) {
    Response.fail(response, {
      status: error.status,
      text: `${error.message}\n`,
      keepsFields: true,
    });
    if (!answered && error.status < 500) return;
  } else {
    Response.fail(response, kInternalError);
  }
  onError(error, `${route.method} ${target}`);
}
