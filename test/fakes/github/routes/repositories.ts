import { readChanges } from "../../git/read-changes.ts";
import { readCommit } from "../../git/read-commits.ts";
import { type GitRef, listRefs, readRef, resolveCommit } from "../../git/read-refs.ts";
import { ApiError } from "../http/api-error.ts";
import { accountOf } from "../state/accounts.ts";
import { LEGACY_PERMISSIONS, roleOf, rolePermissions } from "../state/collaborators.ts";
import { nodeId } from "../state/ids.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { commitView, gitCommitView } from "../views/commit.ts";
import { fullRepositoryView } from "../views/repository.ts";
import { userView } from "../views/user.ts";
import { paginate } from "./paginate.ts";
import type { Routes } from "./route.ts";

/** A repository, its commits, branches and refs. */
export const repositoryRoutes: Routes = {
  "repos/get": {
    for: "repository",
    anyOf: { metadata: "read" },
    answer: ({ repository, world }) => ({ status: 200, body: fullRepositoryView(repository, world) }),
  },
  "repos/get-commit": {
    for: "repository",
    anyOf: { contents: "read" },
    async answer({ repository, world, path, accept }) {
      const sha = await requireCommit(repository, String(path.ref));
      // https://docs.github.com/rest/commits/commits#get-a-commit: a cheap way to resolve a ref.
      if (accept.includes("sha")) {
        return {
          status: 200,
          headers: { "content-type": "application/vnd.github.sha; charset=utf-8" },
          raw: Buffer.from(sha),
        };
      }
      const [commit, changes] = await Promise.all([
        readCommit(repository.gitDirectory, sha),
        readChanges(repository.gitDirectory, sha),
      ]);
      return { status: 200, body: commitView(commit, changes, repository, world) };
    },
  },
  "repos/list-branches-for-head-commit": {
    for: "repository",
    anyOf: { contents: "read" },
    async answer({ repository, world, path }) {
      const sha = await requireCommit(repository, String(path.commit_sha));
      const branches = await listRefs(repository.gitDirectory, "refs/heads/");
      const heads = branches.filter((branch) => branch.sha === sha);
      return { status: 200, body: heads.map((head) => branchView(head, repository, world)) };
    },
  },
  "repos/list-branches": {
    for: "repository",
    anyOf: { contents: "read" },
    async answer(call) {
      const { repository, world } = call;
      const url = world.urls.api(`/repos/${repository.fullName}/branches`);
      const { page, headers } = paginate(call, url, await listRefs(repository.gitDirectory, "refs/heads/"));
      return { status: 200, headers, body: page.map((branch) => branchView(branch, repository, world)) };
    },
  },
  "repos/get-collaborator-permission-level": {
    for: "repository",
    anyOf: { metadata: "read" },
    answer({ repository, world, path }) {
      const login = String(path.username);
      if (world.removedAccounts.has(login.toLowerCase())) throw new ApiError(404, `${login} is not a user`);
      const { name, base } = roleOf(repository, login);
      const user = {
        ...userView(accountOf(login), world),
        permissions: rolePermissions(base),
        role_name: name,
      };
      return { status: 200, body: { permission: LEGACY_PERMISSIONS[base], role_name: name, user } };
    },
  },
  "git/get-commit": {
    for: "repository",
    anyOf: { contents: "read" },
    async answer({ repository, world, path }) {
      const sha = String(path.commit_sha);
      if ((await resolveCommit(repository.gitDirectory, sha)) !== sha) throw new ApiError(404, "Not Found");
      const commit = await readCommit(repository.gitDirectory, sha);
      return { status: 200, body: gitCommitView(commit, repository, world) };
    },
  },
  "git/get-ref": {
    for: "repository",
    anyOf: { contents: "read" },
    async answer({ repository, world, path }) {
      const found = await readRef(repository.gitDirectory, `refs/${path.ref}`);
      if (!found) throw new ApiError(404, "Not Found");
      const url = world.urls.api(`/repos/${repository.fullName}/git`);
      const object = { type: found.type, sha: found.sha, url: `${url}/${found.type}s/${found.sha}` };
      const node_id = nodeId("Ref", repository.id);
      return { status: 200, body: { ref: found.ref, node_id, url: `${url}/${found.ref}`, object } };
    },
  },
};

async function requireCommit({ gitDirectory }: Repository, name: string): Promise<string> {
  const sha = await resolveCommit(gitDirectory, name);
  if (!sha) throw new ApiError(422, `No commit found for SHA: ${name}`);
  return sha;
}

function branchView({ ref, sha }: GitRef, { fullName }: Repository, { urls }: World) {
  const commit = { sha, url: urls.api(`/repos/${fullName}/commits/${sha}`) };
  return { name: ref.replace("refs/heads/", ""), commit, protected: false };
}
