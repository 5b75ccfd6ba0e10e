import { join } from "node:path";
import type { Logger } from "pino";
import { createEventAcceptor } from "./builds/accept-event.ts";
import type { BuildPorts } from "./builds/build-ports.ts";
import { cleanUpChores } from "./builds/clean-up/chores.ts";
import { createEventHandler } from "./builds/handle-event.ts";
import { createCancelWatch } from "./builds/run/cancel-watch.ts";
import { createRunBuild } from "./builds/run/run-build.ts";
import { composeBuilder, composeRegistry, composeVerifier } from "./compose-builds.ts";
import { composeCleanUp } from "./compose-clean-up.ts";
import { composeForges } from "./compose-forges.ts";
import { composeUploads } from "./compose-uploads.ts";
import { createArchiveSpool } from "./context/archive-spool.ts";
import { createFairRoom } from "./core/fair-room.ts";
import { createTurns } from "./core/turns.ts";
import { loadPolicy } from "./settings/load-policy.ts";
import type { Settings } from "./settings/settings.ts";
import { openStorage } from "./storage/open-storage.ts";
import { BUILD_PAGES, createBuildLinks } from "./web/build-links.ts";
import { createBuildPage } from "./web/build-page/build-page.ts";
import { createWebServer } from "./web/server.ts";

const STALL_MS = 30_000;

/** Joins every port to its adapter: the one place that knows all of them. */
export async function compose(settings: Settings, log: Logger) {
  const { registryPush: push, registryPull: pull = push } = settings;
  const policy = await loadPolicy(settings);
  const builder = await composeBuilder(settings, policy, log);
  const verifier = await composeVerifier(settings, policy, log);
  const storage = await openStorage(
    {
      redisUrl: settings.redisUrl,
      databaseUrl: settings.databaseUrl,
      dataFolder: settings.data,
      retention: { builds: settings.historyBuilds, days: settings.historyDays },
    },
    log,
  );
  const accept = createEventAcceptor(storage.events, log);
  const { forgeOf, webhooks, catchUps } = await composeForges(settings, accept, log);
  const spool = await createArchiveSpool(join(settings.data, "spool"), {
    archive: policy.limits.contextBytes,
    spool: settings.spoolLimit,
    stallMs: STALL_MS,
  });
  const registry = await composeRegistry(settings);
  const { concurrency, concurrencyPerRepository } = policy.limits;
  const links = createBuildLinks({ publicUrl: settings.publicUrl, secret: linkSecretOf(settings) });
  const ports: BuildPorts = {
    forgeOf,
    spool,
    history: storage.history,
    builds: storage.builds,
    builder,
    verifier,
    registry,
    policy,
    push,
    pull,
    places: createFairRoom({ total: concurrency, perKey: concurrencyPerRepository }),
    inTurn: createTurns(),
    linkTo: links.linkTo,
    log,
  };
  const cancelWatch = createCancelWatch(storage.history, log);
  const uploads = await composeUploads(settings, storage, ports, cancelWatch);
  const server = createWebServer(
    {
      webhooks,
      api: uploads.api,
      pages: { [BUILD_PAGES]: createBuildPage(storage.history, links) },
      ready: () => storage.ping(),
    },
    log,
  );
  const run = createRunBuild(ports, cancelWatch);
  const tidying = await composeCleanUp(settings, storage.history, log);
  return {
    server,
    storage,
    builder,
    verifier,
    run,
    uploads,
    handle: createEventHandler(ports),
    cancelWatch,
    concurrency,
    catchUps,
    chores: [...cleanUpChores(tidying.ports), uploads.chore],
    stopTidying: tidying.close,
  };
}

/** Links to pages stay good as long as the forges' secrets do. */
function linkSecretOf(settings: Settings): string {
  const { webhookSecret, forgeHosts } = settings;
  const others = forgeHosts.flatMap((forge) => [forge.webhookSecret, forge.signingToken]);
  return [webhookSecret, ...others].filter(Boolean).join("\n");
}
