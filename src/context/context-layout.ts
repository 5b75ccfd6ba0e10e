import type { ImageBuild } from "../core/image-build.ts";

/** How an image's build context is laid out in the tar that the builder gets. */
export type ContextLayout = {
  /** The folder in the tar that is the build context; `""` is all of it. */
  contextFolder: string;
  /** The Dockerfile's path in the tar. */
  dockerfile: string;
};

/**
 * Only the context's folder is sent. A Dockerfile outside of it, or one that was generated, lies beside the context and
 * never in it: `COPY .` must not find it.
 */
export function layoutContext({
  context,
  dockerfile,
}: Pick<ImageBuild, "context" | "dockerfile">): ContextLayout {
  const prefix = context === "" ? "" : `${context}/`;
  if ("path" in dockerfile && dockerfile.path.startsWith(prefix))
    return { contextFolder: "", dockerfile: dockerfile.path.slice(prefix.length) };
  return { contextFolder: "context", dockerfile: "Dockerfile" };
}
