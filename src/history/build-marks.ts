import { createHash } from "node:crypto";
import type { BuildRequest } from "../core/build.ts";
import { toStorableText } from "../core/plain-text.ts";
import type { BuildFilter } from "./history.ts";
import type { BuildMarks, Conditions } from "./history-store.ts";

/** PostgreSQL refuses to index text that is much longer than a thousand bytes. */
const longest = 200;

export function marksOf({
  repository,
  commit,
  branch,
  gitTag,
  pullRequest,
  image,
}: BuildRequest): BuildMarks {
  const isOfBranch = gitTag === undefined && pullRequest === undefined;
  return {
    repository: markOf(repositoryKeyOf(repository)),
    commit,
    imagePath: markOf(image.path),
    ...(branch !== undefined && isOfBranch ? { branch: markOf(branch) } : {}),
    ...(pullRequest ? { pullRequest: String(pullRequest.number) } : {}),
  };
}

export function conditionsOf({
  repository,
  branch,
  commit,
  pullRequest,
  imagePath,
  states,
}: BuildFilter): Conditions {
  return {
    marks: {
      ...(repository ? { repository: markOf(repositoryKeyOf(repository)) } : {}),
      ...(branch === undefined ? {} : { branch: markOf(branch) }),
      ...(commit === undefined ? {} : { commit }),
      ...(pullRequest === undefined ? {} : { pullRequest: String(pullRequest) }),
      ...(imagePath === undefined ? {} : { imagePath: markOf(imagePath) }),
    },
    ...(states ? { states: [...new Set(states)] } : {}),
  };
}

/** Forges compare owner and name without case. */
function repositoryKeyOf({ forge, host, owner, name }: NonNullable<BuildFilter["repository"]>): string {
  return `${forge}/${host}/${owner.toLowerCase()}/${name.toLowerCase()}`;
}

export function markOf(text: string): string {
  const storable = toStorableText(text);
  if (storable.length <= longest) return storable;
  return `sha256:${createHash("sha256").update(storable).digest("hex")}`;
}
