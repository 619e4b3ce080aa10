/**
 * The fault of a client, as a handler throws it: answered with its status and the fields set
 * before, and not logged. That of a server (5xx) is logged.
 */

export class HttpError extends Error {
  readonly status: number;

  /**
   * `message` is the body of the answer: it should hold nothing that the client may not know.
   * Errors: RangeError for a status that is not from 400 to 599.
   */
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HttpError';
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      throw new RangeError(`${status} is no status of an error: use one from 400 to 599`);
    }
    this.status = status;
  }
}
