import { readMergeBase } from "../../git/merge-base.ts";
import { type FileDifference, readChangesBetween } from "../../git/read-changes.ts";
import { readCommit, readCommits } from "../../git/read-commits.ts";
import { resolveCommit } from "../../git/read-refs.ts";
import { ApiError } from "../http/api-error.ts";
import { commitView } from "../views/commit.ts";
import { fileDifferenceView } from "../views/file-difference.ts";
import { paginate } from "./paginate.ts";
import type { RepositoryCall, Routes } from "./route.ts";

// https://docs.github.com/repositories/creating-and-managing-repositories/repository-limits#diff-limits
const MOST_FILES = 300;

/** https://docs.github.com/rest/commits/commits#compare-two-commits: what `head` changed since it parted from `base`. */
export const comparisonRoutes: Routes = {
  "repos/compare-commits-with-basehead": {
    for: "repository",
    anyOf: { contents: "read" },
    async answer(call) {
      const { repository, world, path, query } = call;
      const { gitDirectory, fullName } = repository;
      const [base, head] = await namedCommits(call);
      const mergeBase = await readMergeBase(gitDirectory, base, head);
      if (!mergeBase) throw new ApiError(404, `No common ancestor between ${base} and ${head}.`);
      const [ahead, behind, files] = await Promise.all([
        readCommits(gitDirectory, [head, `^${base}`]),
        readCommits(gitDirectory, [base, `^${head}`]),
        readChangesBetween(gitDirectory, mergeBase, head),
      ]);
      const url = world.urls.api(`/repos/${fullName}/compare/${path.basehead}`);
      const { page, headers } = paginate(call, url, ahead);
      const view = async (sha: string) =>
        commitView(await readCommit(gitDirectory, sha), [], repository, world);
      const html = world.urls.page(`/${fullName}/compare/${path.basehead}`);
      return {
        status: 200,
        headers,
        body: {
          ...{
            url,
            html_url: html,
            permalink_url: html,
            diff_url: `${html}.diff`,
            patch_url: `${html}.patch`,
          },
          base_commit: await view(base),
          merge_base_commit: await view(mergeBase),
          status: statusOf(ahead.length, behind.length),
          ahead_by: ahead.length,
          behind_by: behind.length,
          total_commits: ahead.length,
          commits: page.map((commit) => commitView(commit, [], repository, world)),
          // The list of files is not paged: all that is shown of it comes with the first page.
          files: Number(query.page ?? 1) === 1 ? listed(files, head, call) : [],
        },
      };
    },
  },
};

async function namedCommits({ repository, path }: RepositoryCall): Promise<[string, string]> {
  const names = String(path.basehead).split("...");
  const commits = await Promise.all(names.map((name) => resolveCommit(repository.gitDirectory, name)));
  const [base, head] = commits;
  if (!base || !head) throw new ApiError(404, "Not Found");
  return [base, head];
}

function listed(files: FileDifference[], head: string, { repository, world }: RepositoryCall) {
  return files.slice(0, MOST_FILES).map((file) => fileDifferenceView(file, head, repository, world));
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return "diverged";
  if (ahead > 0) return "ahead";
  return behind > 0 ? "behind" : "identical";
}
