import { commitFiles, type FileChanges } from "../../git/commit-files.ts";
import { NO_OBJECT } from "../../git/no-object.ts";
import { readRef, resolveCommit } from "../../git/read-refs.ts";
import { deleteRef, setRef, writeTagObject } from "../../git/write-refs.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import type { RefUpdate } from "../webhooks/push-payload.ts";

export type CommitPush = {
  branch?: string;
  files: FileChanges;
  message?: string;
  sender?: string;
  /** What a new branch starts from, or, with `force`, what an existing one is thrown back to. */
  from?: string;
  force?: boolean;
};

export type TagPush = {
  tag: string;
  /** What the tag names; the default branch when it is not given. */
  target?: string;
  /** Makes it an annotated tag. */
  annotation?: string;
  sender?: string;
};

export type RefDeletion = ({ branch: string } | { tag: string }) & { sender?: string };

/** A ref that has moved, and the commit that it stands for now. */
export type PushedRef = RefUpdate & { commit: string };

/** Commits files to a branch. */
export async function pushCommit(push: CommitPush, repository: Repository, world: World): Promise<PushedRef> {
  const { gitDirectory } = repository;
  const { branch = repository.defaultBranch, files, message = "Change files", sender = "mona" } = push;
  const ref = `refs/heads/${branch}`;
  const before = (await readRef(gitDirectory, ref))?.sha;
  const base =
    push.force || !before ? await resolveCommit(gitDirectory, push.from ?? repository.defaultBranch) : before;
  if (push.from && !base) throw new Error(`${repository.fullName} has no ${push.from} to start from`);
  const at = world.clock.now();
  const after = await commitFiles(gitDirectory, { branch, files, message, at, parent: base });
  repository.pushedAt = at;
  return { ref, before: before ?? NO_OBJECT, after, commit: after, sender };
}

/** Creates or moves a tag. */
export async function pushTag(push: TagPush, repository: Repository, world: World): Promise<PushedRef> {
  const { gitDirectory } = repository;
  const { tag, target = repository.defaultBranch, annotation, sender = "mona" } = push;
  const commit = await resolveCommit(gitDirectory, target);
  if (!commit) throw new Error(`${repository.fullName} has no ${target} to tag`);
  const ref = `refs/tags/${tag}`;
  const before = (await readRef(gitDirectory, ref))?.sha ?? NO_OBJECT;
  const at = world.clock.now();
  const isAnnotated = annotation !== undefined;
  const after = isAnnotated
    ? await writeTagObject(gitDirectory, { name: tag, commit, message: annotation, at })
    : commit;
  await setRef(gitDirectory, ref, after);
  repository.pushedAt = at;
  return { ref, before, after, commit, sender };
}

/** Deletes a branch or a tag. */
export async function pushDeletion(deletion: RefDeletion, repository: Repository): Promise<PushedRef> {
  const ref = "branch" in deletion ? `refs/heads/${deletion.branch}` : `refs/tags/${deletion.tag}`;
  const before = (await readRef(repository.gitDirectory, ref))?.sha;
  if (!before) throw new Error(`${repository.fullName} has no ${ref} to delete`);
  await deleteRef(repository.gitDirectory, ref);
  return { ref, before, after: NO_OBJECT, commit: NO_OBJECT, sender: deletion.sender ?? "mona" };
}
