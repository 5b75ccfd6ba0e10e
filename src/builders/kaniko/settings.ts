import type { Capability } from "../../core/capability.ts";
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
  /** A build that takes longer is ended, whatever its plan says. */
  deadlineSeconds: number;
  /** How long an ended build stays in the cluster for people to look at, unless it is removed before. */
  ttlSeconds: number;
  /** How long the Kaniko image may fail to be pulled, or its container to be made, before the build is given up. */
  startGraceSeconds: number;
  /** Registries that speak plain HTTP, as `host[:port]`. */
  insecureRegistries: string[];
  /** A private certificate authority for one registry, as `host[:port]` and PEM. */
  registryCa?: { host: string; pem: string };
  /** A Secret of type kubernetes.io/dockerconfigjson in the namespace: what trusted builds pull and push with. */
  registrySecret?: string;
  /** How old a cached layer may be. Absent: as old as Kaniko lets it be, two weeks. */
  cacheTtlSeconds?: number;
  /** Labels to put on each build's objects, besides Pushwright's own. */
  labels?: Record<string, string>;
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
  insecureRegistries: [],
} satisfies Partial<KanikoSettings>;
