import { z } from "zod";
import { BuildRequest, type BuildResult } from "../core/build.ts";
import { formatShortSha } from "../core/commit-sha.ts";
import { formatRepository } from "../core/repository.ts";
import type { BuildProgress } from "./build-queue.ts";
import type { EntryKind } from "./entry-kind.ts";
import { parseEntry } from "./parse-entry.ts";

const BuildEntry: z.ZodType<BuildProgress> = z.object({
  request: BuildRequest,
  reportId: z.string().exactOptional(),
  result: z.custom<BuildResult>((value) => typeof value === "object" && value !== null).exactOptional(),
});

export const buildEntries: EntryKind<BuildProgress> = {
  queueName: "builds",
  noun: "build",
  idOf: ({ request }) => request.id,
  nameOf: ({ request: { repository, commit } }) =>
    `${formatRepository(repository)}@${formatShortSha(commit)}`,
  parse: (data) => parseEntry(BuildEntry, "build", data),
};
