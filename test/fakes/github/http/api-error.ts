/** One entry of the `errors` list in GitHub's answer to a request it does not accept. */
export type ValidationError = { resource: string; code: string; field: string; message?: string };

/** An answer by which GitHub refuses a request. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: ValidationError[];
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    message: string,
    more: { errors?: ValidationError[]; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }

  /** The JSON that GitHub sends; `status` in it is text. */
  toBody(documentationUrl: string): Record<string, unknown> {
    return {
      message: this.message,
      ...(this.errors.length > 0 && { errors: this.errors }),
      documentation_url: documentationUrl,
      status: String(this.status),
    };
  }
}
