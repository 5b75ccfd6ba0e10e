import { z } from "zod";
import { ApiError, notFound } from "../http/api-error.ts";
import { NoBody, Nothing, Paging, paginate } from "../http/parameters.ts";
import { type Route, route } from "../http/route.ts";
import { type CommitStatus, LEVELS, type Project, type World } from "../state/world.ts";
import { statusView } from "../views/views.ts";
import { commitAt } from "./commit-at.ts";
import { refNamesWith } from "./commits.ts";

const Text = z.string().max(255);

/** https://docs.gitlab.com/api/commits/#set-commit-pipeline-status */
const NewStatus = z.strictObject({
  state: z.enum(["pending", "running", "success", "failed", "canceled", "skipped"]),
  ref: Text.optional(),
  name: Text.optional(),
  context: Text.optional(),
  target_url: z.url().max(255).optional(),
  description: Text.optional(),
});
type NewStatus = z.infer<typeof NewStatus>;

export const statusRoutes: Route[] = [
  route({
    ...{ method: "POST", path: "projects/:id/statuses/:sha", needs: LEVELS.developer },
    ...{ query: Nothing, body: NewStatus },
    answer: async ({ world, project, path, body, caller }) => {
      const sha = await commitAt(project, path.sha ?? "", "Commit");
      if (body.state === "skipped" && !world.knowsSkipped)
        throw new ApiError(400, { error: "state does not have a valid value" });
      const ref = body.ref ?? (await refOf(project, sha, world));
      const name = body.name ?? body.context ?? "default";
      const known = world.statuses.find(
        (status) =>
          isActive(status) && status.author === caller && isSame(status, { project, sha, ref, name }),
      );
      if (known) refuseToRepeat(known.status, body.state);
      const status = known ?? newStatus(world, { project, sha, ref, name, author: caller });
      status.status = body.state;
      status.history.push(body.state);
      status.description = body.description ?? status.description;
      status.targetUrl = body.target_url ?? status.targetUrl;
      return { status: 201, body: statusView(status, world) };
    },
  }),
  route({
    ...{ method: "GET", path: "projects/:id/repository/commits/:sha/statuses", body: NoBody },
    query: Paging.extend({
      name: z.string().optional(),
      ref: z.string().optional(),
      all: z.enum(["true", "false"]).default("false"),
    }).strict(),
    answer: async ({ world, project, path, query }) => {
      const sha = await commitAt(project, path.sha ?? "", "Commit");
      const { name, ref, all } = query;
      const own = world.statuses.filter((status) => status.project === project && status.sha === sha);
      const found = (all === "true" ? own : latestStatuses(world, project, sha))
        .filter((status) => name === undefined || status.name === name)
        .filter((status) => ref === undefined || status.ref === ref);
      return paginate(
        found.map((status) => statusView(status, world)),
        query,
        world.url,
      );
    },
  }),
];

type Identity = Pick<CommitStatus, "project" | "sha" | "ref" | "name">;

function isSame(one: Identity, other: Identity): boolean {
  return (
    one.project === other.project && one.sha === other.sha && one.ref === other.ref && one.name === other.name
  );
}

/** Only such a status is changed; one that has ended is followed by another of its name. */
function isActive({ status }: CommitStatus): boolean {
  return status === "pending" || status === "running";
}

async function refOf(project: Project, sha: string, world: World): Promise<string> {
  const pipeline = world.statuses.findLast((status) => status.project === project && status.sha === sha);
  const [ref = pipeline?.ref] = pipeline ? [] : await refNamesWith(project, sha, "branch");
  if (ref === undefined) throw notFound("References for commit");
  return ref;
}

function newStatus(world: World, identity: Identity & Pick<CommitStatus, "author">): CommitStatus {
  const empty = { status: "created", description: null, targetUrl: null, history: [] };
  const status = { ...empty, ...identity, id: world.nextId(), at: new Date() };
  world.statuses.push(status);
  return status;
}

function refuseToRepeat(from: string, to: NewStatus["state"]): void {
  const via = { pending: "enqueue", running: "run" }[to as string];
  if (via === undefined || (to === "running" && from === "pending")) return;
  const message = `Cannot transition status via :${via} from :${from} (Reason(s): Status cannot transition via "${via}")`;
  throw new ApiError(400, { message });
}

/** What people see: of each name and ref the last one. */
export function latestStatuses(world: World, project: Project, sha: string): CommitStatus[] {
  const own = world.statuses.filter((status) => status.project === project && status.sha === sha);
  return [...new Map(own.map((status) => [JSON.stringify([status.name, status.ref]), status])).values()];
}
