import type { TreeEntry } from "../../git/read-tree.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";

/** What every kind of content has in common, whether a file, a directory or a link. */
export function contentView(entry: TreeEntry, ref: string, repository: Repository, { urls }: World) {
  const api = urls.api(`/repos/${repository.fullName}`);
  const page = urls.page(`/${repository.fullName}`);
  const address = encodeURI(entry.path);
  const self = `${api}/contents/${address}?ref=${encodeURIComponent(ref)}`;
  const git = `${api}/git/${entry.type === "tree" ? "trees" : "blobs"}/${entry.sha}`;
  const html = `${page}/${entry.type === "tree" ? "tree" : "blob"}/${ref}/${address}`;
  return {
    name: entry.path.split("/").at(-1) ?? "",
    path: entry.path,
    sha: entry.sha,
    size: entry.size,
    url: self,
    html_url: html,
    git_url: git,
    download_url: entry.type === "blob" ? `${page}/raw/${ref}/${address}` : null,
    type: typeOf(entry),
    _links: { self, git, html },
  };
}

function typeOf({ type, mode }: TreeEntry): string {
  if (type === "tree") return "dir";
  if (type === "commit") return "submodule";
  return mode === "120000" ? "symlink" : "file";
}
