import type { WebhookMergeRequestEventSchema } from "@gitbeaker/rest";
import type { MergeRequest, World } from "../state/world.ts";
import { payloadProject, payloadRepository, payloadUser } from "./payload-parts.ts";

type Attributes = Partial<WebhookMergeRequestEventSchema["object_attributes"]> & { oldrev?: string };

export type MergeRequestPayload = Omit<
  Partial<WebhookMergeRequestEventSchema>,
  "object_attributes" | "changes"
> & { object_attributes: Attributes; changes: Partial<WebhookMergeRequestEventSchema["changes"]> };

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#merge-request-events */
export function mergeRequestPayload(
  request: MergeRequest,
  action: "open" | "close" | "reopen" | "update" | "merge" | "approved",
  sender: string,
  world: World,
  { before }: { before?: MergeRequest } = {},
): MergeRequestPayload {
  const project = payloadProject(request.target, world);
  return {
    ...{ object_kind: "merge_request", event_type: "merge_request", project },
    user: payloadUser(world.user(sender), world),
    repository: payloadRepository(request.target, world),
    object_attributes: {
      ...attributesOf(request, world),
      action,
      ...(before && before.sha !== request.sha ? { oldrev: before.sha } : {}),
    },
    labels: [],
    changes: changesOf(request, before ?? request),
    ...{ assignees: [], reviewers: [] },
  };
}

export function attributesOf(request: MergeRequest, world: World): Attributes {
  const { iid, target, source, sourceBranch, targetBranch, state, isDraft, sha, author } = request;
  const url = `${world.url}/${target.path}/-/merge_requests/${iid}`;
  return {
    ...{ id: 1000 + iid, iid, target_branch: targetBranch, source_branch: sourceBranch, state },
    ...{
      source_project_id: (source?.id ?? null) as number,
      target_project_id: target.id,
      author_id: author.id,
    },
    ...{ title: `Merge ${sourceBranch}`, draft: isDraft, work_in_progress: isDraft, url },
    updated_at: new Date().toISOString(),
    ...(source ? { source: payloadProject(source, world) } : {}),
    target: payloadProject(target, world),
    last_commit: {
      ...{ id: sha, message: "Change files", title: "Change files", timestamp: new Date().toISOString() },
      ...{ url: `${world.url}/${target.path}/-/commit/${sha}`, author: { name: "Mona Lisa", email: "" } },
    },
  };
}

function changesOf(now: MergeRequest, before: MergeRequest): MergeRequestPayload["changes"] {
  return {
    ...(now.targetBranch === before.targetBranch
      ? {}
      : { target_branch: { previous: before.targetBranch, current: now.targetBranch } }),
    ...(now.isDraft === before.isDraft ? {} : { draft: { previous: before.isDraft, current: now.isDraft } }),
    updated_at: { previous: null, current: new Date().toISOString() },
  };
}
