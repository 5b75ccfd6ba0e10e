import { z } from "zod";
import { BuildId } from "./build-id.ts";
import { CommitSha } from "./commit-sha.ts";
import { Repository } from "./repository.ts";

/** Who caused an event. */
export const Actor = z.object({
  login: z.string().min(1),
  /** A person's account, or a program's. */
  isBot: z.boolean(),
});
export type Actor = z.infer<typeof Actor>;

const ForgeEventBase = z.object({
  /** The forge's own id of the delivery: the same when it is sent again. */
  deliveryId: z.string().min(1),
  repository: Repository,
  defaultBranch: z.string().min(1),
  sender: Actor,
});

/** What a push changed: the paths, or the commit to compare with where the payload does not tell (all of) them. */
export const PushedChanges = z.object({
  files: z.array(z.string()).exactOptional(),
  since: CommitSha.exactOptional(),
});
export type PushedChanges = z.infer<typeof PushedChanges>;

/** A branch moved to a commit. */
export const PushEvent = ForgeEventBase.extend({
  kind: z.literal("push"),
  commit: CommitSha,
  branch: z.string().min(1),
  /** The head commit's whole message. */
  message: z.string(),
  changes: PushedChanges,
  /** In milliseconds since 1970, by the forge's clock, where it tells. */
  pushedAt: z.number().exactOptional(),
});
export type PushEvent = z.infer<typeof PushEvent>;

/** A Git tag, lightweight or annotated, was pushed; `commit` is the commit that it names. */
export const TagEvent = ForgeEventBase.extend({
  kind: z.literal("tag"),
  commit: CommitSha,
  gitTag: z.string().min(1),
  message: z.string(),
  /** As a branch's. */
  pushedAt: z.number().exactOptional(),
});
export type TagEvent = z.infer<typeof TagEvent>;

/** A pull request (GitLab: merge request) as it stands: its head is what would be built. */
export const PullRequest = z.object({
  number: z.int().positive(),
  commit: CommitSha,
  /** The head's branch, in the head's repository. */
  branch: z.string().min(1),
  /** `owner/name` of the repository that the head is in; absent once that was deleted. */
  headRepository: z.string().exactOptional(),
  /** The head is in another repository: whoever wrote it need not have any right in this one. */
  isFork: z.boolean(),
  baseBranch: z.string().min(1),
  /** Absent where the forge's webhook does not tell it: whoever needs it asks the forge for the pull request. */
  baseCommit: CommitSha.exactOptional(),
});
export type PullRequest = z.infer<typeof PullRequest>;

/** A pull request was opened (or opened again), got another head, or was closed (merged or not). */
export const PullRequestEvent = ForgeEventBase.extend({
  kind: z.literal("pull-request"),
  action: z.enum(["opened", "updated", "closed"]),
  pullRequest: PullRequest,
  /** When it stood so, in milliseconds since 1970, by the forge's clock, where it tells. */
  changedAt: z.number().exactOptional(),
});
export type PullRequestEvent = z.infer<typeof PullRequestEvent>;

/** Where people talk: a pull request, or a commit. */
export const Thread = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("pull-request"), number: z.int().positive() }),
  z.object({ kind: z.literal("commit"), commit: CommitSha }),
]);
export type Thread = z.infer<typeof Thread>;

/** A person wrote a comment. */
export const CommentEvent = ForgeEventBase.extend({
  kind: z.literal("comment"),
  thread: Thread,
  commentId: z.string().min(1),
  body: z.string(),
  /** In milliseconds since 1970, by the forge's clock. */
  writtenAt: z.number(),
});
export type CommentEvent = z.infer<typeof CommentEvent>;

export const CheckAction = z.enum(["rebuild", "rebuild-no-cache", "cancel", "approve"]);
export type CheckAction = z.infer<typeof CheckAction>;

/** A person pressed a button of a check, or asked the forge to run one check or all checks of a commit again. */
export const CheckActionEvent = ForgeEventBase.extend({
  kind: z.literal("check-action"),
  action: CheckAction,
  target: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("build"), id: BuildId }),
    z.object({ kind: z.literal("commit"), commit: CommitSha }),
  ]),
});
export type CheckActionEvent = z.infer<typeof CheckActionEvent>;

/** What happened on a forge, in the same words for every forge. */
export const ForgeEvent = z.discriminatedUnion("kind", [
  PushEvent,
  TagEvent,
  PullRequestEvent,
  CommentEvent,
  CheckActionEvent,
]);
export type ForgeEvent = z.infer<typeof ForgeEvent>;

/** A payload as the core sees it: an event, or the reason why it is none of Pushwright's business. */
export type ParsedPayload = { event: ForgeEvent } | { ignored: string };
