import type { Repository } from "../../core/repository.ts";

/** The repository, as every path of GitHub's API names it. */
export function placeOf({ owner, name }: Repository): { owner: string; repo: string } {
  return { owner, repo: name };
}
