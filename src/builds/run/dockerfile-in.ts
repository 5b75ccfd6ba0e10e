import type { ArchiveSummary } from "../../context/archive-summary.ts";
import type { BuildRequest } from "../../core/build.ts";
import { BuildFault } from "../../core/build-fault.ts";
import { formatShortSha } from "../../core/commit-sha.ts";
import { formatRepository } from "../../core/repository.ts";

/**
 * The text of an image's Dockerfile, if it is there and small enough to be read. Throws when there is none in a repository
 * that nobody said has one; whoever opens the context tells of a Dockerfile that is missing.
 */
export async function dockerfileIn(
  archive: ArchiveSummary,
  { image, repository, commit }: BuildRequest,
): Promise<string | undefined> {
  const { dockerfile } = image;
  if ("text" in dockerfile) return dockerfile.text;
  const { path } = dockerfile;
  if (archive.has(path) || !image.isAssumed) return archive.text(path);
  const where = `${formatRepository(repository)} has no \`${path}\` at commit \`${formatShortSha(commit)}\``;
  throw new BuildFault({
    class: "permanent",
    code: "nothing-to-build",
    title: "Nothing to build: no Dockerfile and no .pushwright.yml",
    cause: `${where}, and no \`.pushwright.yml\` that says what to build.`,
    remedy: `Add a \`${path}\` at the root of the repository, or a \`.pushwright.yml\`, and push it.`,
  });
}
