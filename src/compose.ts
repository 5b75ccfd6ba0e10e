import { createPrivateKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { getPrivateKey } from "@probot/get-private-key";
import type { Logger } from "pino";
import { Probot } from "probot";
import { createKanikoBuilder } from "./builders/kaniko/builder.ts";
import { createEventAcceptor } from "./builds/accept-event.ts";
import { createRunBuild } from "./builds/run-build.ts";
import { createArchiveSpool } from "./context/archive-spool.ts";
import { splitPlace } from "./core/image-reference.ts";
import { createRoom } from "./core/room.ts";
import { createGitHubClient, type GitHubApp } from "./forges/github/client.ts";
import { createGitHubForge } from "./forges/github/forge.ts";
import { createGitHubWebhook, GITHUB_WEBHOOK_PATH } from "./forges/github/webhook.ts";
import { loadKubeConfig } from "./load-kube-config.ts";
import { openBuildQueue } from "./queue/open-build-queue.ts";
import { createOciRegistry } from "./registry/oci-registry.ts";
import type { Settings } from "./settings/settings.ts";
import { createWebServer } from "./web/server.ts";

/** An ended build whose bot is gone stays so long in the cluster: time to come back and find its result. */
const TTL_SECONDS = 3600;
const START_GRACE_SECONDS = 120;
const STALL_MS = 30_000;

/** Joins every port to its adapter: the one place that knows all of them. */
export async function compose(settings: Settings, log: Logger) {
  const { registryPush: push, registryPull: pull = push, registryApi: api = push } = settings;
  const ca = settings.registryCa === undefined ? undefined : await readFile(settings.registryCa, "utf8");
  const registryHost = splitPlace(push).host;

  const app = githubApp(settings);
  const kubeConfig = loadKubeConfig(settings.kubeconfig);
  const queue = await openBuildQueue(
    { redisUrl: settings.redisUrl, databaseUrl: settings.databaseUrl, dataFolder: settings.data },
    log,
  );
  const builder = createKanikoBuilder(
    {
      namespace: settings.namespace,
      image: settings.kanikoImage,
      security: settings.security,
      resources: {
        requests: { cpu: settings.cpuRequest, memory: settings.memoryRequest },
        limits: { cpu: settings.cpuLimit, memory: settings.memoryLimit },
      },
      deadlineSeconds: settings.deadline,
      ttlSeconds: TTL_SECONDS,
      startGraceSeconds: START_GRACE_SECONDS,
      insecureRegistries: settings.registryInsecure ? [registryHost] : [],
      ...(ca === undefined ? {} : { registryCa: { host: registryHost, pem: ca } }),
    },
    kubeConfig,
    log,
  );
  const spool = await createArchiveSpool(join(settings.data, "spool"), {
    archive: settings.contextLimit,
    spool: settings.spoolLimit,
    stallMs: STALL_MS,
  });
  const registry = createOciRegistry({
    place: api,
    insecure: settings.registryInsecure,
    ...(ca === undefined ? {} : { ca }),
  });

  const places = createRoom(settings.concurrency);
  const github = createGitHubForge(createGitHubClient(app, log));
  const run = createRunBuild({ forgeOf: () => github, builder, spool, registry, push, pull, places, log });
  const probot = new Probot({
    appId: app.appId,
    privateKey: app.privateKey,
    secret: settings.webhookSecret,
    log,
  });
  const webhook = await createGitHubWebhook(probot, createEventAcceptor(queue, log));
  const server = createWebServer(
    { webhooks: { [GITHUB_WEBHOOK_PATH]: webhook }, ready: () => queue.ping() },
    log,
  );
  return { server, queue, builder, run };
}

function githubApp(settings: Settings): GitHubApp {
  const { appId, privateKey: PRIVATE_KEY, privateKeyPath: PRIVATE_KEY_PATH, gheHost, gheProtocol } = settings;
  const baseUrl = gheHost === undefined ? undefined : `${gheProtocol}://${gheHost}/api/v3`;
  try {
    const privateKey = getPrivateKey({ env: { PRIVATE_KEY, PRIVATE_KEY_PATH } }) ?? "";
    createPrivateKey(privateKey); // Throws now what would else be thrown at the first push.
    return { appId, privateKey, baseUrl };
  } catch (error) {
    const place = PRIVATE_KEY ? "PRIVATE_KEY" : `PRIVATE_KEY_PATH (${PRIVATE_KEY_PATH})`;
    throw new Error(`reading the GitHub App's private key from ${place}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
