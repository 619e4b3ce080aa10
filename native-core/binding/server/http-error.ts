/** The fault of a client, as a handler throws it: answered with its status, and not logged. */

export class HttpError extends Error {
  readonly status: number;

  /** `message` is the body of the answer: it should hold nothing that the client may not know. */
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HttpError';
    this.status = status;
  }
}
