/**
 * Thrown by a handler for a client's mistake: answered with its status and the fields set before,
 * and not logged. Server errors (5xx) are logged.
 */

export class HttpError extends Error {
  readonly status: number;

  /**
   * `message` becomes the body of the answer, so it must not contain anything secret. Errors:
   * RangeError for a status outside 400 to 599.
   */
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HttpError';
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      throw new RangeError(`${status} is not the status of an error: use one from 400 to 599`);
    }
    this.status = status;
  }
}
