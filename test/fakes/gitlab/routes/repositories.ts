import { z } from "zod";
import { readMergeBase } from "../../git/merge-base.ts";
import { readChangesBetween } from "../../git/read-changes.ts";
import { readCommit } from "../../git/read-commits.ts";
import { readRef } from "../../git/read-refs.ts";
import { listTree } from "../../git/read-tree.ts";
import { startGit } from "../../git/run-git.ts";
import { notFound } from "../http/api-error.ts";
import { NoBody, Nothing } from "../http/parameters.ts";
import { type Route, route } from "../http/route.ts";
import { LEVELS, type Project } from "../state/world.ts";
import { branchView, commitView, diffView } from "../views/views.ts";
import { commitAt } from "./commit-at.ts";

const Sha = z.string().regex(/^[0-9a-f]{40}$/);

/** GitLab names the top folder so. */
export function archivePrefix({ path }: Project, sha: string): string {
  return `${path.slice(path.lastIndexOf("/") + 1)}-${sha}-${sha}/`;
}

export const repositoryRoutes: Route[] = [
  route({
    ...{ method: "GET", path: "projects/:id/repository/archive.tar.gz", needs: LEVELS.reporter },
    ...{ query: z.strictObject({ sha: Sha }), body: NoBody },
    answer: async ({ project, query }) => {
      const sha = await commitAt(project, query.sha, "File");
      const prefix = `--prefix=${archivePrefix(project, sha)}`;
      const git = startGit(project.gitDirectory, ["archive", "--format=tar.gz", prefix, sha]);
      return { stream: git.stdout };
    },
  }),
  route({
    ...{ method: "GET", path: "projects/:id/repository/files/:file_path/raw", needs: LEVELS.reporter },
    ...{ query: z.strictObject({ ref: Sha }), body: NoBody },
    answer: async ({ project, path, query }) => {
      const sha = await commitAt(project, query.ref, "Commit");
      const [entry] = await listTree(project.gitDirectory, sha, path.file_path ?? "");
      if (entry?.type !== "blob") throw notFound("File");
      const headers = { "content-type": "text/plain; charset=utf-8", "x-gitlab-size": String(entry.size) };
      return { headers, stream: startGit(project.gitDirectory, ["cat-file", "blob", entry.sha]).stdout };
    },
  }),
  route({
    ...{ method: "GET", path: "projects/:id/repository/branches/:branch", query: Nothing, body: NoBody },
    answer: async ({ world, project, path }) => {
      const ref = await readRef(project.gitDirectory, `refs/heads/${path.branch}`);
      if (!ref) throw notFound("Branch");
      const commit = await readCommit(project.gitDirectory, ref.commit);
      return { body: branchView(path.branch ?? "", commitView(commit, project, world), project, world) };
    },
  }),
  route({
    ...{ method: "GET", path: "projects/:id/repository/compare", needs: LEVELS.reporter, body: NoBody },
    query: z.strictObject({ from: Sha, to: Sha, straight: z.enum(["true", "false"]).default("false") }),
    answer: async ({ world, project, query }) => {
      const { gitDirectory } = project;
      const from = await commitAt(project, query.from, "Commit");
      const to = await commitAt(project, query.to, "Commit");
      const start = query.straight === "true" ? from : await readMergeBase(gitDirectory, from, to);
      if (!start) throw notFound("Merge Base");
      const changes = await readChangesBetween(gitDirectory, start, to);
      const commit = commitView(await readCommit(gitDirectory, to), project, world);
      const diffs = changes.slice(0, MAX_FILES).map((change, index) => ({
        ...diffView(change),
        // https://docs.gitlab.com/administration/diff_limits/: what comes later has no text.
        ...(index >= SAFE_FILES ? { diff: "", collapsed: true } : {}),
      }));
      return {
        body: { commit, commits: [commit], diffs, compare_timeout: false, compare_same_ref: from === to },
      };
    },
  }),
];

const SAFE_FILES = 100;
const MAX_FILES = 1000;
