/** The Kubernetes API refused a request, or could not be reached. */
export class ClusterError extends Error {
  /** The HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** Kubernetes' one-word reason: `NotFound`, `AlreadyExists`, … */
  readonly reason: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    doing: string,
    cause: string,
    answer: { status?: number; reason?: string; retryAfterSeconds?: number } = {},
    options?: ErrorOptions,
  ) {
    super(`${doing}: ${answer.status === undefined ? "" : `${answer.status} `}${cause}`, options);
    this.name = "ClusterError";
    this.status = answer.status;
    this.reason = answer.reason;
    this.retryAfterSeconds = answer.retryAfterSeconds;
  }

  /** Whether the right to ask this, or the namespace, is missing. */
  get isForbidden(): boolean {
    return this.status === 401 || this.status === 403 || this.status === 404;
  }

  /** Whether the same request may well succeed later. */
  get isPassing(): boolean {
    return this.status === undefined || this.status === 429 || this.status >= 500;
  }
}
