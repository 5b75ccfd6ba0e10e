import type { Readable } from "node:stream";
import { KubeConfig } from "@kubernetes/client-node";
import type { Builder, BuildOutcome, BuildPlan, SecretKey } from "../../src/builders/builder.ts";
import { createKanikoBuilder } from "../../src/builders/kaniko/builder.ts";
import { KANIKO_DEFAULTS, type KanikoSettings } from "../../src/builders/kaniko/settings.ts";
import type { Digest } from "../../src/core/image-reference.ts";
import { buildPlan } from "../contract/build-plan.ts";
import { recordBuild } from "../contract/build-record.ts";
import { ensureLocalCluster, type LocalCluster } from "../local-cluster/local-cluster.ts";
import { type ClusterNamespace, createNamespace } from "./cluster-namespace.ts";
import { storedImage } from "./stored-image.ts";

export type BuiltImage = { outcome: BuildOutcome; log: string[] };

/** A namespace with Kaniko builders on the real cluster. */
export type KanikoWorld = {
  readonly cluster: LocalCluster;
  readonly namespace: ClusterNamespace;
  /** `FROM` and the base image, by the name that build pods pull it. */
  readonly from: string;
  /** A secret that its namespace holds. */
  readonly secret: { at: SecretKey; value: string };
  /** A new builder, as a new process would have it. */
  open(changes?: Partial<KanikoSettings>, server?: string): Builder;
  /** A plan that pushes to a destination of its own, unless it says otherwise. */
  plan(changes?: Partial<BuildPlan>): BuildPlan;
  destination(name: string): string;
  /** Starts the build, sends it its context, watches it to its end and removes it. */
  build(plan: BuildPlan, buildContext: Readable, builder?: Builder): Promise<BuiltImage>;
  stored(destination: string | undefined): Promise<Digest | undefined>;
  leftovers(plan: Pick<BuildPlan, "buildId" | "tryNumber">): Promise<string[]>;
  /** Closes all builders, and fails when they left anything in the cluster. */
  close(): Promise<void>;
};

// Small requests, so that many builds fit on the one node at once.
const RESOURCES = { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: "1", memory: "2Gi" } };

export async function openKanikoWorld(
  podSecurity?: Parameters<typeof createNamespace>[1],
): Promise<KanikoWorld> {
  const cluster = await ensureLocalCluster(() => {});
  const namespace = await createNamespace(cluster.kubeconfig, podSecurity);
  const { push, pull, api } = cluster.registry;
  const prefix = `${push}/${namespace.name}`;
  const builders: Builder[] = [];
  const secret = { at: { name: "deploy", key: "token" }, value: "s3cret-$(HOME)-of the=shop" };
  await namespace.core.createNamespacedSecret({
    namespace: namespace.name,
    body: { metadata: { name: secret.at.name }, stringData: { [secret.at.key]: secret.value } },
  });
  const world: KanikoWorld = {
    cluster,
    namespace,
    secret,
    from: `FROM ${cluster.baseImage.replace(pull, push)}\n`,
    open(changes = {}, server) {
      const settings: KanikoSettings = {
        ...KANIKO_DEFAULTS,
        namespace: namespace.name,
        image: cluster.kanikoImage,
        security: "standard",
        resources: RESOURCES,
        registries: [{ host: push, insecure: true }],
        ...changes,
      };
      const builder = createKanikoBuilder(settings, kubeConfigFor(cluster, server), { info() {}, warn() {} });
      builders.push(builder);
      return builder;
    },
    plan(changes = {}) {
      const plan = buildPlan(changes);
      if (changes.destinations === undefined) plan.destinations = [`${prefix}/shop:${plan.buildId}`];
      return plan;
    },
    destination: (name) => `${prefix}/shop:${name}`,
    async build(plan, buildContext, builder = world.open()) {
      const never = new AbortController().signal;
      const { observer, log } = recordBuild();
      const start = await builder.start(plan);
      if (start !== "created") throw new Error(`build ${plan.buildId} was ${start}`);
      const watched = builder.watch(plan, observer, never);
      await builder.sendContext(plan, buildContext, never);
      const outcome = await watched;
      await builder.remove(plan);
      return { outcome, log };
    },
    async stored(destination = "") {
      const [, path = "", tag = ""] = /^[^/]+\/(.+):([^:]+)$/.exec(destination) ?? [];
      return (await storedImage(api, path, tag))?.digest as Digest | undefined;
    },
    async leftovers({ buildId, tryNumber }) {
      const name = `pushwright-${buildId}-${tryNumber}`;
      return (await namespace.leftovers()).filter((leftover) => leftover.startsWith(name));
    },
    async close() {
      await Promise.all(builders.map((builder) => builder.close()));
      await namespace.remove();
    },
  };
  return world;
}

function kubeConfigFor({ kubeconfig }: LocalCluster, server: string | undefined): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  if (server === undefined) return config;
  const through = new KubeConfig();
  through.loadFromOptions({
    clusters: config.clusters.map((cluster) => ({ ...cluster, server })),
    users: config.users,
    contexts: config.contexts,
    currentContext: config.currentContext,
  });
  return through;
}
