import { resolveCommit } from "../../git/read-refs.ts";
import { ApiError, type ValidationError } from "../http/api-error.ts";
import type { CommitState } from "../state/commit-statuses.ts";
import { combinedStatusView, statusView } from "../views/status.ts";
import { paginate } from "./paginate.ts";
import type { RepositoryCall, Routes } from "./route.ts";

type StatusBody = {
  state: CommitState;
  target_url?: string | null;
  description?: string | null;
  context?: string;
};

const LONGEST_DESCRIPTION = 140;
const LONGEST_CONTEXT = 255;

/** https://docs.github.com/rest/commits/statuses */
export const statusRoutes: Routes = {
  "repos/create-commit-status": {
    for: "repository",
    anyOf: { statuses: "write" },
    async answer(call) {
      const { world, repository, path } = call;
      const body = call.body as StatusBody;
      statusLimits(body);
      const sha = String(path.sha);
      const isCommit = (await resolveCommit(repository.gitDirectory, sha)) === sha;
      if (!isCommit) throw new ApiError(422, `No commit found for SHA: ${sha}`);
      const { state, context = "default", description = null, target_url: targetUrl = null } = body;
      const createdAt = world.clock.now();
      const status = {
        id: world.ids.next(),
        repository,
        sha,
        state,
        context,
        description,
        targetUrl,
        createdAt,
      };
      world.statuses.all.push(status);
      return { status: 201, body: statusView(status, world) };
    },
  },
  "repos/list-commit-statuses-for-ref": {
    for: "repository",
    anyOf: { statuses: "read" },
    async answer(call) {
      const { world, repository } = call;
      const sha = await requireCommit(call);
      const url = world.urls.api(`/repos/${repository.fullName}/commits/${sha}/statuses`);
      const { page, headers } = paginate(call, url, world.statuses.ofCommit(repository, sha));
      return { status: 200, headers, body: page.map((status) => statusView(status, world)) };
    },
  },
  "repos/get-combined-status-for-ref": {
    for: "repository",
    anyOf: { statuses: "read" },
    async answer(call) {
      const { world, repository } = call;
      const sha = await requireCommit(call);
      const latest = world.statuses.latest(repository, sha);
      return { status: 200, body: combinedStatusView(latest, sha, repository, world) };
    },
  },
};

async function requireCommit({ repository, path }: RepositoryCall): Promise<string> {
  const sha = await resolveCommit(repository.gitDirectory, String(path.ref));
  if (!sha) throw new ApiError(404, "Not Found");
  return sha;
}

function statusLimits({ description, context, target_url }: StatusBody): void {
  const errors: ValidationError[] = [];
  const refuse = (field: string, message: string) =>
    errors.push({ resource: "Status", code: "custom", field, message });
  if ((description ?? "").length > LONGEST_DESCRIPTION) {
    refuse("description", `description is too long (maximum is ${LONGEST_DESCRIPTION} characters)`);
  }
  if ((context ?? "").length > LONGEST_CONTEXT) {
    refuse("context", `context is too long (maximum is ${LONGEST_CONTEXT} characters)`);
  }
  if (target_url && !/^https?:\/\//.test(target_url))
    refuse("target_url", "target_url must use http(s) scheme");
  if (errors.length > 0) throw new ApiError(422, "Validation Failed", { errors });
}
