import type { WebhookPushEventSchema, WebhookTagEventSchema } from "@gitbeaker/rest";
import { NO_OBJECT } from "../../git/no-object.ts";
import { readCommit, readCommits } from "../../git/read-commits.ts";
import type { Project, World } from "../state/world.ts";
import { payloadCommit, payloadProject, payloadRepository, payloadUser } from "./payload-parts.ts";

export type RefUpdate = {
  ref: string;
  before: string;
  after: string;
  /** What it stands for now; nothing once it was deleted. */
  commit: string | undefined;
  sender: string;
};

/** GitLab lists no more commits of a push. */
const LISTED = 20;

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#push-events and #tag-events */
export async function pushPayload(
  { ref, before, after, commit, sender }: RefUpdate,
  project: Project,
  world: World,
): Promise<(WebhookPushEventSchema | WebhookTagEventSchema) & { message: string | null }> {
  const user = payloadUser(world.user(sender), world);
  const commits = await commitsOf(ref, before, commit, project);
  const listed = commits.slice(-LISTED).map((each) => payloadCommit(each, project, world));
  const isTag = ref.startsWith("refs/tags/");
  const kind = isTag
    ? ({ object_kind: "tag_push", event_name: "tag_push" } as const)
    : ({ object_kind: "push", event_name: "push" } as const);
  return {
    ...kind,
    ...{ before, after, ref, ref_protected: false, checkout_sha: (commit ?? null) as string, message: null },
    ...{ user_id: user.id, user_name: user.name, user_username: user.username, user_email: "" },
    ...{ user_avatar: user.avatar_url, project_id: project.id, project: payloadProject(project, world) },
    ...{ commits: listed, total_commits_count: commits.length, push_options: {} },
    repository: payloadRepository(project, world),
  };
}

async function commitsOf(ref: string, before: string, commit: string | undefined, project: Project) {
  const { gitDirectory, defaultBranch } = project;
  if (commit === undefined) return [];
  if (ref.startsWith("refs/tags/")) return [await readCommit(gitDirectory, commit)];
  const since = before === NO_OBJECT ? `refs/heads/${defaultBranch}` : before;
  return readCommits(gitDirectory, [`${since}..${commit}`]);
}
