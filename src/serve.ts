import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import type { Logger } from "pino";
import { compose } from "./compose.ts";
import { repeat } from "./connections/repeat.ts";
import type { Settings } from "./settings/settings.ts";

/** Builds that wait for others are taken from the queue as well, so many of them, to show that they wait. */
const MAX_WAITING = 1000;
/** Most of an event's time is waiting for its forge. */
const EVENTS_AT_ONCE = 50;
const CATCH_UP_MS = 2 * 60_000;
/** Longer than a webhook takes to be queued or refused. */
const ANSWER_MS = 5000;

/** Runs the bot until SIGTERM or SIGINT. Builds that still run then go on in the cluster, and are taken up again. */
export async function serve(settings: Settings, log: Logger): Promise<void> {
  const { server, storage, builder, verifier, run, uploads, handle, cancelWatch, concurrency, ...others } =
    await compose(settings, log);
  const { catchUps, chores, stopTidying } = others;
  const stopped = stopOnSignal();
  await storage.builds.process(run, concurrency + MAX_WAITING);
  await storage.uploads.process(uploads.run, concurrency + MAX_WAITING);
  await uploads.adopt();
  await storage.events.process(handle, EVENTS_AT_ONCE);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(settings.port, settings.host, resolve);
  });
  const { address, port } = server.address() as AddressInfo;
  log.info({ address, port, builder: builder.description }, "listening");
  // Not before it listens: what is sent again comes at once.
  const repeated = [
    ...catchUps.map((catchUp) => repeat(catchUp, CATCH_UP_MS)),
    ...chores.map(({ task, everyMs }) => repeat(task, everyMs)),
  ];

  const signal = await stopped;
  log.info({ signal }, "stopping: running builds go on in the cluster");
  setTimeout(() => {
    log.error(
      { graceSeconds: settings.grace },
      "stopped at the end of the grace period: builds are taken up at the next start",
    );
    process.exit(1);
  }, settings.grace * 1000).unref();

  for (const one of repeated) one.stop();
  await closeServer(server);
  stopTidying();
  await storage.close();
  cancelWatch.close();
  await Promise.all([builder.close(), verifier.close()]);
  log.info("stopped");
}

/** Requests that have come are answered; connections that say nothing, or only half of something, are not waited for. */
async function closeServer(server: Server): Promise<void> {
  const closed = promisify(server.close.bind(server))();
  const timer = setTimeout(() => server.closeAllConnections(), ANSWER_MS);
  await closed;
  clearTimeout(timer);
}

function stopOnSignal(): Promise<string> {
  return new Promise((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
}
