/** An answer that is no success, worded as GitLab words it: `message`, or `error` for parameters that it cannot read. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(JSON.stringify(body));
    this.status = status;
    this.body = body;
  }
}

/** `404 Project Not Found` */
export function notFound(what: string): ApiError {
  return new ApiError(404, { message: `404 ${what} Not Found` });
}

export function forbidden(): ApiError {
  return new ApiError(403, { message: "403 Forbidden" });
}
