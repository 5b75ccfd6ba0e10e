import type { Capability } from "./capability.ts";
import type { KeepRules } from "./clean-up/decide-clean-up.ts";
import type { ImageRoot } from "./image-root.ts";
import type { Permission } from "./permission.ts";
import type { Placement } from "./placement.ts";
import type { SecurityChoice } from "./security-profile.ts";

/** A build's share of a node, in Kubernetes' quantities. */
export type ResourceBounds = { request: string; limit: string };

/** How old images are removed. */
export type CleanUpPolicy = KeepRules & {
  /** Of which repositories: globs as in `repositories`. */
  repositories: string[];
  /** Where images are looked for that are in use; none: everywhere. */
  namespaces: string[];
  /** How often the bot does it by itself, in seconds; absent: never. */
  everySeconds?: number;
  /** Whether the bot removes by itself what goes, or only tells of it. */
  delete: boolean;
};

/** A kind of build that images of some repositories may ask for. */
export type BuildClass = {
  repositories: string[];
  cpu: ResourceBounds;
  memory: ResourceBounds;
  placement: Placement;
};

/** What the operator allows repositories to do; a repository can narrow it, never widen it. */
export type Policy = {
  /** Globs over `owner/name`, without case: which repositories may build at all. */
  repositories: { allow: string[]; deny: string[] };
  /** Where images may go besides the repository's own `<owner>/<repo>` and below it. */
  images: { repositories: string[]; paths: string[] }[];
  /** What of the registry builds of some repositories may read with its login, as base images, besides their own. */
  bases: { repositories: string[]; paths: string[] }[];
  /** Where each forge's images go below the registry's place; a forge that is not named has no prefix. */
  imageRoots: ImageRoot[];
  limits: {
    concurrency: number;
    concurrencyPerRepository: number;
    contextBytes: number;
    /** A repository's own timeout may be shorter; a longer one is cut to this. */
    deadlineSeconds: number;
    cpu: ResourceBounds;
    memory: ResourceBounds;
  };
  /** Where builds run, unless they are of a class. */
  placement: Placement;
  classes: Record<string, BuildClass>;
  /** Whether pushed images may be run to see that they work, for how long at most, and with how much. */
  verify: { isAllowed: boolean; timeoutSeconds: number; cpu: ResourceBounds; memory: ResourceBounds };
  security: SecurityChoice;
  /** Capabilities that builds have besides those of their profile. */
  capabilities: Capability[];
  /** Values that trusted builds of some repositories may have as build arguments, by the name that they use. */
  secrets: Record<string, { repositories: string[]; secret: { name: string; key: string } }>;
  /** What an account needs to steer builds, and to approve a fork's. */
  permissions: { commands: Permission; approve: Permission };
  /** `approval`: builds of forks wait for it. `never`: they are not built at all. */
  forks: "approval" | "never";
  /** Whether builds use and fill the layer cache. */
  cache: boolean;
  /** How old a cached layer may be to be used. */
  cacheTtlSeconds: number;
  cleanUp: CleanUpPolicy;
};
