import type { Permission } from "./permission.ts";

/** What the operator allows repositories to do; a repository can narrow it, never widen it. */
export type Policy = {
  /** Globs over `owner/name`, without case: which repositories may build at all. */
  repositories: { allow: string[]; deny: string[] };
  /** Where images may go besides the repository's own `<owner>/<repo>` and below it. */
  images: { repositories: string[]; paths: string[] }[];
  limits: {
    concurrency: number;
    concurrencyPerRepository: number;
    contextBytes: number;
    deadlineSeconds: number;
  };
  /** Values that trusted builds of some repositories may have as build arguments, by the name that they use. */
  secrets: Record<string, { repositories: string[]; secret: { name: string; key: string } }>;
  /** What an account needs to steer builds, and to approve a fork's. */
  permissions: { commands: Permission; approve: Permission };
  /** `approval`: builds of forks wait for it. `never`: they are not built at all. */
  forks: "approval" | "never";
  /** Whether builds use and fill the layer cache. */
  cache: boolean;
};
