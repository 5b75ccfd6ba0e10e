import type { HeldArchive } from "../context/archive-spool.ts";
import type { CommitSha } from "../core/commit-sha.ts";
import type { Repository } from "../core/repository.ts";
import type { BuildPorts } from "./build-ports.ts";

/** Holds the commit's archive: whoever asks for the same while it is held, or soon after, shares the one download. */
export function holdArchive(
  { spool, forgeOf }: Pick<BuildPorts, "spool" | "forgeOf">,
  { repository, commit }: { repository: Repository; commit: CommitSha },
  signal: AbortSignal,
): HeldArchive {
  const { forge, host, owner, name } = repository;
  const key = JSON.stringify([forge, host, owner, name, commit]);
  return spool.hold(key, (stop) => forgeOf(repository).fetchArchive(repository, commit, stop), signal);
}
