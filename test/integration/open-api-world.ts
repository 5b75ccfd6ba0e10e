import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { BuildPlan } from "../../src/builders/builder.ts";
import { createCancelWatch } from "../../src/builds/run/cancel-watch.ts";
import { composeUploads } from "../../src/compose-uploads.ts";
import type { Digest } from "../../src/core/image-reference.ts";
import type { Settings } from "../../src/settings/settings.ts";
import { openStorage } from "../../src/storage/open-storage.ts";
import { createWebServer } from "../../src/web/server.ts";
import { createFakeBuildCluster, createFakeBuilder, type FakeRun } from "../fakes/fake-builder.ts";
import { createBuildsWorld } from "../unit/builds/builds-world.ts";
import { policyOf } from "../unit/core/decide/askings.ts";

export const TOKEN = "a-token-of-sixteen-or-more";
export const LIMIT = 64 * 1024;

/** The API on the real server, disk and embedded storage; builds run in memory, as `run` says. */
export async function openApiWorld(
  run: (plan: BuildPlan, context: Buffer) => FakeRun,
  changes: Partial<Settings> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-api-"));
  const log = pino({ level: "silent" });
  const policy = policyOf();
  const { ports, registry } = await createBuildsWorld(join(folder, "spool"), {
    places: 10,
    policy: { ...policy, limits: { ...policy.limits, contextBytes: LIMIT } },
  });
  const plans: BuildPlan[] = [];
  const cluster = createFakeBuildCluster((plan, context) => {
    plans.push(plan);
    const digest = `sha256:${createHash("sha256").update(context).digest("hex")}` as Digest;
    const [, path = "", tag = ""] =
      /^registry\.example\.com\/team\/(.+):([^:]+)$/.exec(plan.destinations[0] ?? "") ?? [];
    if (path !== "") registry.hold(path, digest, tag);
    return run(plan, context);
  });
  const settings = {
    apiToken: TOKEN,
    apiImagePrefix: "apps",
    data: folder,
    spoolLimit: 4 * LIMIT,
    ...changes,
  };
  const storage = await openStorage({ dataFolder: folder }, log);
  const cancelWatch = createCancelWatch(storage.history, log);
  const builder = createFakeBuilder(cluster);
  const uploads = await composeUploads(settings as Settings, storage, { ...ports, builder }, cancelWatch);
  await storage.uploads.process(uploads.run, 10);
  await uploads.adopt();
  const server = createWebServer({ webhooks: {}, pages: {}, api: uploads.api, ready: async () => {} }, log);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    registry,
    plans,
    storage,
    uploads: () => readdir(join(folder, "uploads")),
    async close() {
      server.closeAllConnections();
      server.close();
      cancelWatch.close();
      await storage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
