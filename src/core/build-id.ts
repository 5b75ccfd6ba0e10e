import { createHash } from "node:crypto";
import { z } from "zod";
import type { CommitSha } from "./commit-sha.ts";
import type { Repository } from "./repository.ts";

/** Names a build by what it builds: asking twice for the same build gives the same id. */
export const BuildId = z
  .string()
  .regex(/^[0-9a-f]{24}$/)
  .brand<"BuildId">();
export type BuildId = z.infer<typeof BuildId>;

export type BuildIdentity = {
  repository: Pick<Repository, "forge" | "host" | "owner" | "name">;
  commit: CommitSha;
  gitTag?: string | undefined;
  /** The image's path below the registry's place; absent for what concerns the commit as a whole. */
  imagePath?: string | undefined;
  /** The delivery by which somebody asked for the same once more; absent for the first build. */
  occasion?: string | undefined;
};

export function buildIdOf({ repository, commit, gitTag, imagePath, occasion }: BuildIdentity): BuildId {
  const { forge, host, owner, name } = repository;
  // Forges compare owner and name without case.
  const place = [forge, host, owner.toLowerCase(), name.toLowerCase()];
  return hashOf([...place, commit, gitTag ?? null, imagePath ?? null, occasion ?? null]);
}

/** A folder has no commit that would say what is in it: each time that somebody builds it is a build of its own. */
export function folderBuildIdOf({ folder, imagePath, occasion }: FolderBuildIdentity): BuildId {
  return hashOf(["folder", folder, imagePath, occasion]);
}
type FolderBuildIdentity = { folder: string; imagePath: string; occasion: string };

/** `contents`: the SHA-256 of what was sent. With an `occasion` of the sender's own, that alone with him names the build. */
export function uploadBuildIdOf({ by, contents, imagePath, occasion }: UploadBuildIdentity): BuildId {
  return hashOf(["upload", by, contents ?? null, imagePath ?? null, occasion]);
}
type UploadBuildIdentity = { by: string; contents?: string; imagePath?: string; occasion: string };

function hashOf(identity: readonly (string | null)[]): BuildId {
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 24) as BuildId;
}
