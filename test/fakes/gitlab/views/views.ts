import type {
  AwardEmojiSchema,
  BranchSchema,
  CommitDiffSchema,
  CommitSchema,
  CommitStatusSchema,
  DiscussionNoteSchema,
  ExpandedMergeRequestSchema,
  NoteSchema,
  SimpleProjectSchema,
} from "@gitbeaker/rest";
import type { FileDifference } from "../../git/read-changes.ts";
import type { GitCommit } from "../../git/read-commits.ts";
import type { CommitStatus, MergeRequest, Note, Project, User, World } from "../state/world.ts";

/** Answers in the shape of GitLab's documentation, as Gitbeaker's types have it, so far as the stand-in knows the fields. */
export function userView({ id, username, isBlocked }: User, { url }: World): NoteSchema["author"] {
  const web_url = `${url}/${username}`;
  return {
    id,
    username,
    name: username,
    state: isBlocked ? "blocked" : "active",
    avatar_url: `${web_url}.png`,
    web_url,
  };
}

export function projectView(
  { id, path, defaultBranch }: Project,
  { url }: World,
): Partial<SimpleProjectSchema> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return {
    ...{ id, name, path: name, path_with_namespace: path, default_branch: defaultBranch },
    ...{ web_url: `${url}/${path}`, http_url_to_repo: `${url}/${path}.git` },
  };
}

export function commitView(commit: GitCommit, { path }: Project, { url }: World): CommitSchema {
  const { sha, message, author, committer, parents } = commit;
  return {
    ...{ id: sha, short_id: sha.slice(0, 8), message, title: message.split("\n", 1)[0] ?? "" },
    ...{ author_name: author.name, author_email: author.email, created_at: committer.date },
    ...{ parent_ids: parents, web_url: `${url}/${path}/-/commit/${sha}` },
  };
}

export function branchView(
  name: string,
  commit: CommitSchema,
  { defaultBranch, path }: Project,
  { url }: World,
): BranchSchema {
  return {
    ...{ name, commit, default: name === defaultBranch, merged: false, protected: false, can_push: true },
    ...{ developers_can_push: true, developers_can_merge: true, web_url: `${url}/${path}/-/tree/${name}` },
  };
}

/** Newer versions say of each whether its text is left out. */
export function diffView(
  difference: FileDifference,
): CommitDiffSchema & { collapsed: boolean; too_large: boolean } {
  const { path, previousPath, status } = difference;
  return {
    ...{ old_path: previousPath ?? path, new_path: path, a_mode: "100644", b_mode: "100644" },
    ...{
      new_file: status === "added",
      renamed_file: status === "renamed",
      deleted_file: status === "removed",
    },
    ...{ diff: `@@ -0,0 +${difference.additions} @@`, collapsed: false, too_large: false },
  };
}

export function mergeRequestView(
  request: MergeRequest & { base?: string; start?: string; changes?: string },
  world: World,
): Partial<ExpandedMergeRequestSchema> {
  const { iid, target, source, sourceBranch, targetBranch, state, isDraft, author, sha } = request;
  const { base = sha, start = sha, changes } = request;
  return {
    ...{ id: 1000 + iid, iid, project_id: target.id, title: `Merge ${sourceBranch}`, state },
    ...{ source_branch: sourceBranch, target_branch: targetBranch, target_project_id: target.id },
    source_project_id: (source?.id ?? null) as number,
    ...{ draft: isDraft, work_in_progress: isDraft, author: userView(author, world), sha },
    diff_refs: { base_sha: base, head_sha: sha, start_sha: start },
    ...(changes === undefined ? {} : { changes_count: changes }),
    web_url: `${world.url}/${target.path}/-/merge_requests/${iid}`,
  };
}

export function noteView(note: Note, world: World): NoteSchema & DiscussionNoteSchema {
  const at = note.at.toISOString();
  const on = "sha" in note.on ? undefined : note.on.mergeRequest;
  return {
    ...{ id: note.id, type: null, body: note.body, attachment: null, author: userView(note.author, world) },
    ...{ created_at: at, updated_at: at, system: false, resolvable: false, project_id: note.project.id },
    ...{ noteable_id: on ? 1000 + on.iid : 0, noteable_iid: on?.iid ?? 0 },
    noteable_type: on ? "MergeRequest" : "Commit",
  };
}

export function emojiView(
  { id, user, name }: Note["emojis"][number],
  note: Note,
  world: World,
): AwardEmojiSchema {
  const at = note.at.toISOString();
  return {
    ...{ id, name, created_at: at, updated_at: at, awardable_id: note.id, awardable_type: "Note" },
    user: { ...userView(user, world), created_at: at },
  };
}

export function statusView(status: CommitStatus, world: World): CommitStatusSchema {
  return {
    ...{ id: status.id, sha: status.sha, ref: status.ref, name: status.name, allow_failure: false },
    status: status.status as CommitStatusSchema["status"],
    ...(status.description === null ? {} : { description: status.description }),
    target_url: status.targetUrl as string,
    ...{ created_at: status.at.toISOString(), author: userView(status.author, world) },
  };
}
