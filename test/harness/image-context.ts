import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { BuildPlan } from "../../src/builders/builder.ts";
import { createArchiveSpool } from "../../src/context/archive-spool.ts";
import { layoutContext } from "../../src/context/context-layout.ts";
import type { ImageBuild } from "../../src/core/image-build.ts";
import { gitArchive } from "./pack-archive.ts";

type Image = Pick<ImageBuild, "context" | "dockerfile">;

/** An image's build context as the bot makes it of a repository's archive, and what its plan says of it. */
export async function imageContext(
  files: Parameters<typeof gitArchive>[0],
  image: Image,
): Promise<{ buildContext: Readable; layout: Pick<BuildPlan, "contextFolder" | "dockerfile"> }> {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-context-"));
  const limits = { archive: 2 ** 26, spool: 2 ** 26, stallMs: 60_000 };
  const spool = await createArchiveSpool(folder, limits);
  const archive = gitArchive(files);
  const held = spool.hold("key", async () => Readable.from([archive]), new AbortController().signal);
  await held.whole;
  const buildContext = held.open(image);
  buildContext.once("close", () => void rm(folder, { recursive: true, force: true }));
  return { buildContext, layout: layoutContext(image) };
}
