import type { BuildPlan } from "../builders/builder.ts";
import type { SpooledArchive } from "../context/archive-spool.ts";
import type { BuildRequest } from "../core/build.ts";
import { BuildFault } from "../core/build-fault.ts";
import { formatShortSha } from "../core/commit-sha.ts";
import { formatRepository } from "../core/repository.ts";
import type { BuildPorts } from "./build-ports.ts";
import type { Stopwatch } from "./stopwatch.ts";

/** Fetches the commit's archive and sends it to the started build. Returns the Dockerfile's text, if it is known. */
export async function sendArchive(
  ports: BuildPorts,
  request: BuildRequest,
  plan: BuildPlan,
  stopwatch: Stopwatch,
  signal: AbortSignal,
): Promise<string | undefined> {
  const archive = await holdArchive(ports, request, signal);
  try {
    stopwatch.mark("archiveFetched");
    if (!archive.hasDockerfile) throw missingDockerfile(request);
    await ports.builder.sendContext(plan, archive.open(), signal);
    stopwatch.mark("contextSent");
    return archive.dockerfile;
  } finally {
    await archive.release();
  }
}

async function holdArchive(
  ports: BuildPorts,
  request: BuildRequest,
  signal: AbortSignal,
): Promise<SpooledArchive> {
  const { repository, commit, dockerfile } = request;
  const { forge, host, owner, name } = repository;
  const fetch = (stop: AbortSignal) => ports.forgeOf(forge).fetchArchive(repository, commit, stop);
  try {
    return await ports.spool.hold(
      JSON.stringify([forge, host, owner, name, commit]),
      dockerfile,
      fetch,
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof BuildFault) throw error;
    throw brokenArchive(request, error);
  }
}

function brokenArchive({ repository, commit }: BuildRequest, error: unknown): BuildFault {
  return new BuildFault(
    {
      class: "transient",
      code: "archive-broken",
      title: `The archive of ${formatRepository(repository)}@${formatShortSha(commit)} broke off`,
      cause: `Reading it ended with: ${error instanceof Error ? error.message : String(error)}.`,
      remedy: "Nothing needs to be done unless it goes on: this is tried again by itself.",
    },
    { cause: error },
  );
}

function missingDockerfile({ dockerfile, repository, commit }: BuildRequest): BuildFault {
  return new BuildFault({
    class: "permanent",
    code: "missing-dockerfile",
    title: `There is no ${dockerfile} in the repository`,
    cause: `${formatRepository(repository)} has no \`${dockerfile}\` at commit \`${formatShortSha(commit)}\`.`,
    remedy: `Add a \`${dockerfile}\` at the root of the repository and push it. Its name is case-sensitive.`,
  });
}
