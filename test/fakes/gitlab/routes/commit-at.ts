import { resolveCommit } from "../../git/read-refs.ts";
import { notFound } from "../http/api-error.ts";
import type { Project } from "../state/world.ts";

/** The commit, as the project has it: its own, or one of a merge request from a fork. */
export async function commitAt({ gitDirectory }: Project, sha: string, missing: string): Promise<string> {
  const found = await resolveCommit(gitDirectory, sha);
  if (!found) throw notFound(missing);
  return found;
}
