import type { Capability } from "../../core/capability.ts";
import type { Placement } from "../../core/placement.ts";
import type { SecurityChoice } from "../../core/security-profile.ts";

/** How the operator wants builds to run in the cluster. */
export type KanikoSettings = {
  /** Where builds run. It must be there already. */
  namespace: string;
  /** The Kaniko executor's image. */
  image: string;
  security: SecurityChoice;
  /** Capabilities that every build has besides those of its profile. */
  capabilities?: readonly Capability[];
  resources: KanikoResources;
  /** On which nodes builds run that do not say it themselves. */
  placement?: Placement;
  /** A build that takes longer is ended, whatever its plan says. */
  deadlineSeconds: number;
  /** How long an ended build stays in the cluster for people to look at, unless it is removed before. */
  ttlSeconds: number;
  /** How long the Kaniko image may fail to be pulled, or its container to be made, before the build is given up. */
  startGraceSeconds: number;
  /** Registries that are not reached as any other would be. */
  registries: KanikoRegistry[];
  /** A Secret of type kubernetes.io/dockerconfigjson in the namespace: what trusted builds pull and push with. */
  registrySecret?: string;
  /**
   * The image whose `registry-proxy` holds that Secret beside a build. Absent: it is mounted in the build's own container,
   * where each of its commands can read it.
   */
  proxyImage?: string;
  /** Base images of registries that have mirrors are taken from these alone. */
  mirrorsOnly?: boolean;
  /** How old a cached layer may be. Absent: as old as Kaniko lets it be, two weeks. */
  cacheTtlSeconds?: number;
  /** Labels to put on each build's objects, besides Pushwright's own. */
  labels?: Record<string, string>;
};

export type KanikoRegistry = {
  /** `host[:port]`, as images are named. */
  host: string;
  /** It speaks plain HTTP. */
  insecure?: boolean;
  /** Its private certificate authority, as PEM. */
  ca?: string;
  /** The Secret has a login for it. */
  login?: boolean;
  /** What its images are pulled from instead, best first, as `host[:port][/prefix]`. */
  mirrors?: string[];
};

export type KanikoResources = {
  requests: { cpu: string; memory: string };
  limits: { cpu: string; memory: string };
};

/** What holds when the operator says nothing. */
export const KANIKO_DEFAULTS = {
  security: "auto",
  resources: { requests: { cpu: "500m", memory: "512Mi" }, limits: { cpu: "1", memory: "2Gi" } },
  deadlineSeconds: 3600,
  ttlSeconds: 3600,
  startGraceSeconds: 120,
  registries: [],
} satisfies Partial<KanikoSettings>;
