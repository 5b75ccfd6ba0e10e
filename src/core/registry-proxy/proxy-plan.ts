import { z } from "zod";
import { PATH_COMPONENT } from "../image-reference.ts";

const RepositoryPath = z.string().refine(isRepositoryPath, "expected a repository's path");

/** One registry that a build reaches through its proxy. */
export const ProxiedRegistry = z.object({
  /** Where the proxy listens for it, on the pod's loopback address. */
  port: z.int().min(1).max(65_535),
  host: z.string().min(1),
  insecure: z.boolean(),
  /** PEM file of its private certificate authority. */
  ca: z.string().exactOptional(),
  /** All that the build may push: tags of repositories, and the repository of its layer cache. */
  images: z.array(z.object({ repository: RepositoryPath, imageTag: z.string().min(1) })),
  cache: RepositoryPath.exactOptional(),
  /** Globs of the repositories that the build may read with the login, besides those that it pushes to. */
  readable: z.array(z.string()),
});
export type ProxiedRegistry = z.infer<typeof ProxiedRegistry>;

/** What the proxy beside a build does for it. It holds no secret: the logins are in `loginFile`. */
export const ProxyPlan = z.object({
  registries: z.array(ProxiedRegistry).min(1),
  /** Docker's `config.json`. */
  loginFile: z.string().min(1),
  /** Where the proxy remembers the addresses of its registries, should it be started again. */
  addressFile: z.string().min(1),
});
export type ProxyPlan = z.infer<typeof ProxyPlan>;

export function isRepositoryPath(path: string): boolean {
  return path.split("/").every((component) => PATH_COMPONENT.test(component));
}
