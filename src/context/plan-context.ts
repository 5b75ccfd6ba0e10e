import type { ImageBuild } from "../core/image-build.ts";
import type { ArchivePaths } from "./archive-paths.ts";
import { missingContextFolder, missingDockerfile } from "./context-fault.ts";
import { layoutContext } from "./context-layout.ts";
import { nearNames } from "./near-names.ts";

/** What a build context is made of. */
export type ContextPlan = {
  /** The archive's folder whose entries are sent. */
  folder: string;
  /** The folder of the tar that they go into; `""` for its root. */
  into: string;
  /** Files that are written besides, by their name in the tar: a text, or a copy of what the archive has at a path. */
  written: Map<string, { text: string } | { path: string }>;
};

/** Throws a BuildFault that names what is missing, and what may have been meant. */
export function planContext(
  paths: ArchivePaths,
  { context, dockerfile }: Pick<ImageBuild, "context" | "dockerfile">,
): ContextPlan {
  const layout = layoutContext({ context, dockerfile });
  const folder = paths.resolve(context);
  if (folder === undefined || paths.kind(folder) !== "folder")
    throw missingContextFolder(context, nearNames(context, paths.all("folder")));
  const into = layout.contextFolder;
  if ("text" in dockerfile)
    return { folder, into, written: new Map([[layout.dockerfile, { text: dockerfile.text }]]) };

  const path = findDockerfile(paths, dockerfile.path);
  const written: ContextPlan["written"] = new Map();
  // A Dockerfile within the context may be a link out of it.
  if (into !== "" || !isWithin(path, folder)) {
    written.set(layout.dockerfile, { path });
    // https://docs.docker.com/build/concepts/context/#filename-and-location
    const ignored = paths.resolve(`${dockerfile.path}.dockerignore`);
    if (ignored !== undefined && paths.kind(ignored) === "file")
      written.set(`${layout.dockerfile}.dockerignore`, { path: ignored });
  }
  return { folder, into, written };
}

function findDockerfile(paths: ArchivePaths, path: string): string {
  const found = paths.resolve(path);
  const kind = paths.kind(path);
  if (found !== undefined && kind === "file") return found;
  const what = kind === "folder" ? "folder" : paths.isLink(path) ? "link" : "nothing";
  throw missingDockerfile(path, what, nearNames(path, paths.all("file")));
}

function isWithin(path: string, folder: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}
