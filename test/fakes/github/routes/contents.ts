import { resolveCommit } from "../../git/read-refs.ts";
import { listTree, readBlob, readEntry, type TreeEntry } from "../../git/read-tree.ts";
import { ApiError } from "../http/api-error.ts";
import { contentView } from "../views/contents.ts";
import type { RepositoryCall, Routes } from "./route.ts";

/** https://docs.github.com/rest/repos/contents */
export const contentRoutes: Routes = {
  "repos/get-content": {
    for: "repository",
    anyOf: { contents: "read" },
    async answer(call) {
      const { repository, path, query, accept } = call;
      const ref = String(query.ref ?? repository.defaultBranch);
      const commit = await resolveCommit(repository.gitDirectory, ref);
      if (!commit) throw new ApiError(404, `No commit found for the ref ${ref}`);
      const entry = await readEntry(repository.gitDirectory, commit, String(path.path).replace(/\/$/, ""));
      if (!entry) throw new ApiError(404, "Not Found");
      if (entry.type === "tree") return { status: 200, body: await directory(call, commit, ref, entry) };
      const content = await readBlob(repository.gitDirectory, entry.sha);
      if (accept.includes("raw")) {
        return {
          status: 200,
          headers: { "content-type": "application/vnd.github.raw; charset=utf-8" },
          raw: content,
        };
      }
      return { status: 200, body: file(call, ref, entry, content) };
    },
  },
};

async function directory(
  { repository, world }: RepositoryCall,
  commit: string,
  ref: string,
  entry: TreeEntry,
) {
  const entries = await listTree(repository.gitDirectory, commit, entry.path && `${entry.path}/`);
  return entries.map((one) => contentView(one, ref, repository, world));
}

function file({ repository, world }: RepositoryCall, ref: string, entry: TreeEntry, content: Buffer) {
  const view = contentView(entry, ref, repository, world);
  if (view.type === "symlink") return { ...view, target: content.toString() };
  const base64 = content.toString("base64").replace(/.{60}/g, "$&\n");
  return { ...view, encoding: "base64", content: `${base64}\n` };
}
