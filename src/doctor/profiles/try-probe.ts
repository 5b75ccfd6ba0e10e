import { randomBytes } from "node:crypto";
import { createGzip } from "node:zlib";
import type { Builder, BuildOutcome, BuildPlan } from "../../builders/builder.ts";
import type { BuildId } from "../../core/build-id.ts";
import { tarOf } from "./probe-files.ts";

const DEADLINE_SECONDS = 180;
/** What the cluster does not even start is not waited for as long as that. */
const PATIENCE_MS = 240_000;

/** Builds a Dockerfile of the doctor's own, with its files, and pushes nothing. */
export async function tryProbe(
  builder: Builder,
  dockerfile: string,
  files: Record<string, Buffer>,
): Promise<BuildOutcome> {
  const plan = planOf();
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    await builder.start(plan);
    const watched = builder.watch(plan, { running() {}, log() {}, announced() {} }, signal);
    const context = createGzip();
    const entries = Object.entries({ ...files, Dockerfile: Buffer.from(dockerfile) });
    context.end(await tarOf(entries.map(([name, content]) => ({ name, content }))));
    // A build that ends before it has read its context says why itself.
    const sent = builder.sendContext(plan, context, signal).catch(() => {});
    const outcome = await watched;
    over.abort();
    await sent;
    return outcome;
  } finally {
    over.abort();
    await builder.remove(plan).catch(() => {});
  }
}

function planOf(): BuildPlan {
  return {
    buildId: randomBytes(12).toString("hex") as BuildId,
    tryNumber: 1,
    repository: "pushwright/doctor",
    dockerfile: "Dockerfile",
    contextFolder: "",
    destinations: [],
    readable: ["**"],
    imageLabels: {},
    args: {},
    secretArgs: {},
    deadlineSeconds: DEADLINE_SECONDS,
    // The base image may be in the registry that only trusted builds log in to.
    isTrusted: true,
  };
}
