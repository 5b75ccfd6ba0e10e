import { z } from "zod";
import { RegistryPlace } from "../core/image-reference.ts";
import { SECURITY_PROFILES } from "../core/policy.ts";
import { Bytes, KubernetesQuantity, Seconds } from "../core/quantity.ts";

/** One setting: where it may be written, what it may be, and what the README says of it. */
export type SettingRow = {
  env: string;
  schema: z.ZodType;
  /** Secrets come from the environment only, never from the configuration file. */
  secret?: boolean;
  about: string;
};

const Flag = z.enum(["true", "false"], "expected true or false").transform((text) => text === "true");
const Port = z.coerce.number("expected a port number").int().min(0).max(65_535);
const Count = z.coerce.number("expected a whole number").int().positive();
const Name = z.string().min(1);
const urlOf = (...schemes: string[]) =>
  z.url({
    protocol: new RegExp(`^(?:${schemes.join("|")})$`),
    error: `expected a URL such as ${schemes[0]}://host:port`,
  });
const HostAndPort = z
  .string()
  .regex(/^[A-Za-z0-9.-]+(?::\d{1,5})?$/, "expected host[:port], without a scheme");
// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
const Namespace = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "expected a Kubernetes name: at most 63 of a-z, 0-9 and -",
  );

/** Every setting there is. The key is its name in the configuration file; in the environment it is `env`. */
export const SETTING_ROWS = {
  appId: {
    env: "APP_ID",
    schema: z.string().regex(/^\d+$/, "expected the number that GitHub shows on the app's page").optional(),
    about: "The GitHub App's id. Required, unless another forge alone is served.",
  },
  privateKey: {
    env: "PRIVATE_KEY",
    schema: Name.optional(),
    secret: true,
    about:
      "The GitHub App's private key: PEM, also in base64. Required with `APP_ID`, unless `PRIVATE_KEY_PATH` is set.",
  },
  privateKeyPath: {
    env: "PRIVATE_KEY_PATH",
    schema: Name.optional(),
    about: "A file that holds the private key.",
  },
  webhookSecret: {
    env: "WEBHOOK_SECRET",
    schema: Name.optional(),
    secret: true,
    about: "The GitHub App's webhook secret. Required with `APP_ID`: unsigned webhooks are never accepted.",
  },
  gheHost: {
    env: "GHE_HOST",
    schema: HostAndPort.optional(),
    about: "Host of a GitHub Enterprise Server, with its port if any.",
  },
  gheProtocol: {
    env: "GHE_PROTOCOL",
    schema: z.enum(["https", "http"]).default("https"),
    about: "How `GHE_HOST` is reached.",
  },
  gitlabUrl: {
    env: "PUSHWRIGHT_GITLAB_URL",
    schema: urlOf("https", "http")
      .transform((url) => url.replace(/\/+$/, ""))
      .default("https://gitlab.com"),
    about: "The GitLab that `PUSHWRIGHT_GITLAB_TOKEN` is for, with its path if it has one.",
  },
  gitlabToken: {
    env: "PUSHWRIGHT_GITLAB_TOKEN",
    schema: Name.optional(),
    secret: true,
    about: "A project or group access token: GitLab is served as well. See [docs/gitlab.md](docs/gitlab.md).",
  },
  gitlabWebhookSecret: {
    env: "PUSHWRIGHT_GITLAB_WEBHOOK_SECRET",
    schema: Name.optional(),
    secret: true,
    about:
      "The secret token of GitLab's webhooks. This or the next is required with `PUSHWRIGHT_GITLAB_TOKEN`.",
  },
  gitlabSigningToken: {
    env: "PUSHWRIGHT_GITLAB_SIGNING_TOKEN",
    schema: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]+=*$/, "expected the signing token as GitLab shows it: whsec_…")
      .optional(),
    secret: true,
    about: "The signing token of GitLab's webhooks, in GitLab versions that sign them.",
  },
  giteaUrl: {
    env: "PUSHWRIGHT_GITEA_URL",
    schema: urlOf("https", "http")
      .transform((url) => url.replace(/\/+$/, ""))
      .optional(),
    about:
      "A Gitea or Forgejo, as people open it: `https://gitea.example.com`. [docs/gitea.md](docs/gitea.md) says how to set it up.",
  },
  giteaToken: {
    env: "PUSHWRIGHT_GITEA_TOKEN",
    schema: Name.optional(),
    secret: true,
    about: "An access token of the bot's account there. Required with `PUSHWRIGHT_GITEA_URL`.",
  },
  giteaWebhookSecret: {
    env: "PUSHWRIGHT_GITEA_WEBHOOK_SECRET",
    schema: Name.optional(),
    secret: true,
    about:
      "The secret of the webhooks there. Required with `PUSHWRIGHT_GITEA_URL`: unsigned webhooks are never accepted.",
  },
  host: { env: "HOST", schema: Name.default("0.0.0.0"), about: "Address to listen on." },
  port: {
    env: "PORT",
    schema: Port.default(3000),
    about: "Port to listen on; 0 takes a free one and logs it.",
  },
  logLevel: {
    env: "LOG_LEVEL",
    schema: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
    about: "Least level that is logged.",
  },
  redisUrl: {
    env: "REDIS_URL",
    schema: urlOf("redis", "rediss").optional(),
    secret: true,
    about: "Redis for the queue: `redis://…`. The choice for production, with `appendonly yes`.",
  },
  databaseUrl: {
    env: "DATABASE_URL",
    schema: urlOf("postgres", "postgresql").optional(),
    secret: true,
    about: "PostgreSQL for the queue instead: `postgres://…`.",
  },
  publicUrl: {
    env: "PUSHWRIGHT_PUBLIC_URL",
    schema: urlOf("https", "http")
      .transform((url) => url.replace(/\/+$/, ""))
      .optional(),
    about: "Where people reach the bot's pages, for the links of checks: `https://pushwright.example.com`.",
  },
  policy: {
    env: "PUSHWRIGHT_POLICY",
    schema: Name.optional(),
    about:
      "A YAML file that says what repositories may do: [docs/policy.md](docs/policy.md). Without it, every repository may build images under its own name.",
  },
  data: {
    env: "PUSHWRIGHT_DATA",
    schema: Name.default(".pushwright"),
    about: "Folder for archives in transit and, without Redis or PostgreSQL, for the embedded queue.",
  },
  kubeconfig: {
    env: "KUBECONFIG",
    schema: Name.optional(),
    about: "The cluster's kubeconfig. Without it, the account of the pod that the bot runs in.",
  },
  registryPush: {
    env: "PUSHWRIGHT_REGISTRY_PUSH",
    schema: RegistryPlace,
    about: "Where images go, `host[:port][/prefix]`, as build pods reach it. Required.",
  },
  registryPull: {
    env: "PUSHWRIGHT_REGISTRY_PULL",
    schema: RegistryPlace.optional(),
    about: "The same place as nodes pull from it. Default: as pushed.",
  },
  registryApi: {
    env: "PUSHWRIGHT_REGISTRY_API",
    schema: RegistryPlace.optional(),
    about: "The same place as the bot reaches it. Default: as pushed.",
  },
  registryInsecure: {
    env: "PUSHWRIGHT_REGISTRY_INSECURE",
    schema: Flag.default(false),
    about: "The registry speaks plain HTTP.",
  },
  registryCa: {
    env: "PUSHWRIGHT_REGISTRY_CA",
    schema: Name.optional(),
    about: "PEM file of the certificate authority that signed the registry's certificate.",
  },
  namespace: {
    env: "PUSHWRIGHT_NAMESPACE",
    schema: Namespace.default("pushwright"),
    about: "Kubernetes namespace that builds run in.",
  },
  kanikoImage: {
    env: "PUSHWRIGHT_KANIKO_IMAGE",
    schema: Name.default("gcr.io/kaniko-project/executor:v1.24.0"),
    about: "The Kaniko executor.",
  },
  security: {
    env: "PUSHWRIGHT_SECURITY",
    schema: z.enum(SECURITY_PROFILES).default("auto"),
    about:
      "`isolated`: builds run in a user namespace; `standard`: without one; `auto`: isolated where the cluster can. Unless the policy has `security`.",
  },
  cpuRequest: {
    env: "PUSHWRIGHT_CPU_REQUEST",
    schema: KubernetesQuantity.default("500m"),
    about: "A build's CPU request, unless the policy has `limits.cpu.request`.",
  },
  memoryRequest: {
    env: "PUSHWRIGHT_MEMORY_REQUEST",
    schema: KubernetesQuantity.default("512Mi"),
    about: "A build's memory request, unless the policy has `limits.memory.request`.",
  },
  cpuLimit: {
    env: "PUSHWRIGHT_CPU_LIMIT",
    schema: KubernetesQuantity.default("1"),
    about: "A build's CPU limit, unless the policy has `limits.cpu.limit`.",
  },
  memoryLimit: {
    env: "PUSHWRIGHT_MEMORY_LIMIT",
    schema: KubernetesQuantity.default("2Gi"),
    about: "A build's memory limit, unless the policy has `limits.memory.limit`.",
  },
  deadline: {
    env: "PUSHWRIGHT_DEADLINE",
    schema: Seconds.prefault("1h"),
    about: "The longest that a build may take, unless the policy has `limits.deadline`.",
  },
  contextLimit: {
    env: "PUSHWRIGHT_CONTEXT_LIMIT",
    schema: Bytes.prefault("1Gi"),
    about:
      "The largest archive of a repository, as downloaded and as unpacked, unless the policy has `limits.context`.",
  },
  spoolLimit: {
    env: "PUSHWRIGHT_SPOOL_LIMIT",
    schema: Bytes.prefault("8Gi"),
    about: "Disk that all archives in transit may take together.",
  },
  concurrency: {
    env: "PUSHWRIGHT_CONCURRENCY",
    schema: Count.default(10),
    about: "Builds that run at once, unless the policy has `limits.concurrency`.",
  },
  grace: {
    env: "PUSHWRIGHT_GRACE",
    schema: Seconds.prefault("25s"),
    about: "The longest that stopping takes; keep it under the pod's `terminationGracePeriodSeconds`.",
  },
} as const satisfies Record<string, SettingRow>;
