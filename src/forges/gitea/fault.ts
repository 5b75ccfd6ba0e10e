import { BuildFault } from "../../core/build-fault.ts";

/** Answers that another try can change. */
const TRANSIENT_STATUS = new Set([408, 409, 423, 425, 429, 500, 502, 503, 504]);

/** An answer that says no. */
export class GiteaRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "GiteaRefusal";
    this.status = status;
  }
}

/** Says what was being done, what Gitea answered, and whether another try can help. */
export function giteaFault(doing: string, error: unknown): BuildFault {
  // What cannot be done at all is said where it is asked for.
  if (error instanceof BuildFault) return error;
  const status = error instanceof GiteaRefusal ? error.status : undefined;
  const transient = status === undefined || TRANSIENT_STATUS.has(status);
  return new BuildFault(
    {
      class: transient ? "transient" : "permanent",
      code: transient ? "gitea-unavailable" : "gitea-refused",
      title: `${doing}: ${status === undefined ? "no answer from Gitea" : `Gitea answered ${status}`}`,
      cause: causeOf(error),
      remedy: remedyOf(status, transient),
    },
    { cause: error },
  );
}

export function isRefusal(error: unknown, status: number): boolean {
  return error instanceof GiteaRefusal && error.status === status;
}

/** Node's fetch says `fetch failed`, and why in the cause. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

function remedyOf(status: number | undefined, transient: boolean): string {
  if (transient) return "Nothing needs to be done unless it goes on: this is tried again by itself.";
  if (status === 401) return "Check `PUSHWRIGHT_GITEA_TOKEN`: it may have been deleted.";
  if (status === 403 || status === 404)
    return "Check that the bot's account is an administrator of the repository, and that its token has the scopes `write:repository`, `write:issue` and `read:user`.";
  return "Gitea did not accept the request; its answer above says why.";
}
