import { z } from "zod";
import { RegistryPlace } from "../core/image-reference.ts";
import { HostAndPort } from "./rows/setting-values.ts";

/** One of the registries that stand in `registries`: base images come from there. */
export const RegistryEntry = z.strictObject({
  host: HostAndPort,
  insecure: z.boolean("expected true or false").default(false),
  /** PEM file of its certificate authority. */
  ca: z.string().min(1).optional(),
  /** The builds' Secret has a login for it. */
  login: z.boolean("expected true or false").default(false),
  /** What its images are pulled from instead, best first. */
  mirrors: z.array(RegistryPlace, "expected a list of mirrors, each as host[:port][/prefix]").default([]),
});
export type RegistryEntry = z.infer<typeof RegistryEntry>;

export const RegistryEntries = z.array(RegistryEntry, "expected a list of registries");
