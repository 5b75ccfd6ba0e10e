import { z } from "zod";
import { VerifyWish } from "./verification/verify-wish.ts";

/** A tag to put on the pushed image. */
export const ImageTagWish = z.object({
  name: z.string().min(1),
  /** It follows a branch (`latest`, `main`): an older commit that is built later must not take it back. */
  moves: z.boolean(),
});
export type ImageTagWish = z.infer<typeof ImageTagWish>;

/** A build argument: a value that anyone may read, or the operator's name for a secret. */
export const BuildArgument = z.object({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/),
  value: z.union([z.string(), z.object({ secret: z.string().min(1) })]),
});
export type BuildArgument = z.infer<typeof BuildArgument>;

/** Where a Dockerfile is: in the repository, or written out here (generated from the configuration). */
export const DockerfileSource = z.union([
  z.object({ path: z.string().min(1) }),
  z.object({ text: z.string().min(1) }),
]);
export type DockerfileSource = z.infer<typeof DockerfileSource>;

const Share = z.object({ request: z.string(), limit: z.string() });

/** A build's share of a node, in Kubernetes' quantities. */
export const BuildResources = z.object({ cpu: Share, memory: Share });
export type BuildResources = z.infer<typeof BuildResources>;

/** How one image is built, and what it is called: the configuration of a repository, made definite. */
export const ImageBuild = z.object({
  /** Its name in the configuration, by which commands name it; absent when the repository has just one image. */
  name: z.string().exactOptional(),
  /** Below the registry's place: `acme/shop/api`. */
  path: z.string().min(1),
  /** Folder from the repository's root, without a leading or trailing slash; `""` is the root. */
  context: z.string(),
  /** Its path is from the repository's root, whatever the context is. */
  dockerfile: DockerfileSource,
  target: z.string().exactOptional(),
  args: z.array(BuildArgument),
  /** Labels beyond the usual ones. */
  labels: z.record(z.string(), z.string()),
  /** `linux/amd64`; absent for the node's own. */
  platform: z.string().exactOptional(),
  /** Besides the full commit SHA, which every image gets. */
  tags: z.array(ImageTagWish),
  deadlineSeconds: z.int().positive(),
  /** The operator's name for the kind of build that it is; absent for the usual one. */
  class: z.string().exactOptional(),
  /** Absent: as much as builds of its class have. */
  resources: BuildResources.exactOptional(),
  /** What the pushed image has to show when it is run; absent: it is not run. */
  verify: VerifyWish.exactOptional(),
  /** No configuration says that there is such an image: without a Dockerfile there is nothing to build. */
  isAssumed: z.literal(true).exactOptional(),
});
export type ImageBuild = z.infer<typeof ImageBuild>;
