import { randomBytes } from "node:crypto";
import { z } from "zod";
import { BuildRequest, type BuildResult } from "../core/build.ts";
import { formatShortSha } from "../core/commit-sha.ts";
import { formatRepository } from "../core/repository.ts";
import type { BuildProgress } from "./build-queue.ts";

const QueueEntry = z.object({
  request: BuildRequest,
  reportId: z.string().exactOptional(),
  result: z.custom<BuildResult>((value) => typeof value === "object" && value !== null).exactOptional(),
});

/** Reads what is kept about a build. Throws when another version of Pushwright wrote it in another form. */
export function parseQueueEntry(data: unknown): BuildProgress {
  const entry = QueueEntry.safeParse(data);
  if (entry.success) return entry.data;
  throw new Error(
    `it is not a build as this version of Pushwright knows it: ${z.prettifyError(entry.error)}`,
  );
}

const thisProcess = randomBytes(6).toString("base64url");
let named = 0;

/** Names an entry for people who look into the queue, and no two alike: `acme/shop@1a2b3c4 k9ZbQ0xw-1`. */
export function nameQueueEntry({ repository, commit }: BuildRequest): string {
  named += 1;
  return `${formatRepository(repository)}@${formatShortSha(commit)} ${thisProcess}-${named}`;
}
