import { z } from "zod";
import { BASELINE_CAPABILITIES } from "../capability.ts";
import { GlobPatterns } from "../glob/glob-list.ts";
import { Permission } from "../permission.ts";
import { Age, Bytes, Seconds } from "../quantity.ts";
import { SECURITY_CHOICES } from "../security-profile.ts";
import { Bounds } from "./bounds-of.ts";
import { CleanUpSection } from "./clean-up-section.ts";
import { ClassesSection, PlacementSection } from "./placement-section.ts";
import { Count, RepositoryPatterns, scalarOf, Truth } from "./policy-values.ts";

const NonEmpty = "expected at least one pattern";

const Limits = z.strictObject({
  concurrency: Count.optional(),
  concurrencyPerRepository: Count.optional(),
  context: scalarOf(Bytes).optional(),
  deadline: scalarOf(Seconds).optional(),
  cpu: Bounds.optional(),
  memory: Bounds.optional(),
});

const Verify = z.strictObject({
  allow: Truth.optional(),
  timeout: scalarOf(Seconds).optional(),
  cpu: Bounds.optional(),
  memory: Bounds.optional(),
});

// https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data
const SecretKey = z.strictObject({
  name: z
    .string()
    .regex(
      /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
      "expected a Kubernetes Secret's name: a-z, 0-9, - and .",
    ),
  key: z.string().regex(/^[-._a-zA-Z0-9]{1,253}$/, "expected a key of a Secret: letters, digits, -, _ and ."),
});

const SecretName = z.string().regex(/^[A-Za-z0-9][\w.-]{0,62}$/, "expected letters, digits, -, _ and .");

const PathsOfRepositories = z.array(
  z.strictObject({
    repositories: RepositoryPatterns.pipe(z.array(z.string()).min(1, NonEmpty)),
    paths: GlobPatterns.min(1, NonEmpty),
  }),
);

/** The operator's policy as it is written. docs/policy.md describes it. */
export const PolicyFile = z.strictObject({
  repositories: z
    .strictObject({ allow: RepositoryPatterns.optional(), deny: RepositoryPatterns.optional() })
    .optional(),
  images: PathsOfRepositories.optional(),
  bases: PathsOfRepositories.optional(),
  limits: Limits.optional(),
  placement: PlacementSection.optional(),
  classes: ClassesSection.optional(),
  verify: Verify.optional(),
  security: z.enum(SECURITY_CHOICES).optional(),
  capabilities: z.array(z.enum(BASELINE_CAPABILITIES)).optional(),
  secrets: z
    .record(
      SecretName,
      z.strictObject({
        repositories: RepositoryPatterns.pipe(z.array(z.string()).min(1, NonEmpty)),
        secret: SecretKey,
      }),
    )
    .optional(),
  permissions: z
    .strictObject({
      commands: Permission.exclude(["none"]).optional(),
      // Whoever sees a public repository has `read`: with that, strangers could approve their own.
      approve: Permission.exclude(["none", "read"]).optional(),
    })
    .optional(),
  forks: z.enum(["approval", "never"]).optional(),
  cache: Truth.optional(),
  cacheTtl: scalarOf(Age).optional(),
  cleanUp: CleanUpSection.optional(),
});
export type PolicyFile = z.infer<typeof PolicyFile>;
