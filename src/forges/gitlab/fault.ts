import { BuildFault } from "../../core/build-fault.ts";

/** Answers that another try can change. */
const TRANSIENT_STATUS = new Set([408, 409, 425, 429, 500, 502, 503, 504]);

/** GitLab's answer that it did not do what it was asked for. */
export class GitLabRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "GitLabRefusal";
    this.status = status;
  }
}

/** Says what was being done, what GitLab answered, and whether another try can help. */
export function gitlabFault(doing: string, error: unknown): BuildFault {
  const status = error instanceof GitLabRefusal ? error.status : undefined;
  const transient = status === undefined || TRANSIENT_STATUS.has(status);
  return new BuildFault(
    {
      class: transient ? "transient" : "permanent",
      code: transient ? "gitlab-unavailable" : "gitlab-refused",
      title: `${doing}: ${status === undefined ? "no answer from GitLab" : `GitLab answered ${status}`}`,
      cause: error instanceof Error ? error.message : String(error),
      remedy: remedyOf(status, transient),
    },
    { cause: error },
  );
}

/** Whether the error is GitLab's answer with one of these statuses. */
export function isAnswer(error: unknown, ...statuses: number[]): error is GitLabRefusal {
  return error instanceof GitLabRefusal && statuses.includes(error.status);
}

function remedyOf(status: number | undefined, transient: boolean): string {
  if (transient) return "Nothing needs to be done unless it goes on: this is tried again by itself.";
  if (status === 401) return "Check `PUSHWRIGHT_GITLAB_TOKEN`: it may have expired or been revoked.";
  if (status === 403 || status === 404)
    return "Check that the access token is this project's or its group's, with the scope `api` and the role Developer or, where branches are protected from developers, Maintainer.";
  if (status !== undefined && status < 400)
    return "Check `PUSHWRIGHT_GITLAB_URL`: it has to be the address that GitLab itself uses.";
  return "GitLab did not accept the request; its answer above says why.";
}
