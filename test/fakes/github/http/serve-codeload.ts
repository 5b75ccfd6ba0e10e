import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { startGit } from "../../git/run-git.ts";
import type { CodeloadLink } from "../state/codeload-links.ts";
import type { World } from "../state/world.ts";
import type { ReceivedRequest } from "./context.ts";
import { type Cut, sendAnswer, sendThenBreak } from "./send-answer.ts";

/** Streams the archive that a link from the API leads to, as codeload.github.com does. */
export async function serveCodeload(
  request: ReceivedRequest,
  response: ServerResponse,
  world: World,
  cut?: Cut,
): Promise<void> {
  const link = world.codeloadLinks.find(request.search.get("token") ?? "", world.clock.now());
  if (!link || !request.path.startsWith(`/codeload/${link.repository.fullName}/`)) {
    return sendAnswer(response, {
      status: 404,
      headers: { "content-type": "text/plain" },
      raw: Buffer.from("404: Not Found"),
    });
  }
  const folder = archiveFolder(link, world);
  const git = startGit(link.repository.gitDirectory, [
    "archive",
    "--format=tar.gz",
    `--prefix=${folder}/`,
    link.commit,
  ]);
  response.once("close", () => git.kill());
  response.writeHead(200, {
    "content-type": "application/x-gzip",
    "content-disposition": `attachment; filename=${folder}.tar.gz`,
    etag: `"${link.commit}"`,
  });
  if (cut?.afterBytes === undefined) await pipeline(git.stdout, response);
  else await breakAfter(git.stdout, response, cut.afterBytes, cut);
}

/** The archive's one top-level folder, e.g. `acme-shop-1a2b3c4`. */
function archiveFolder({ repository, commit }: CodeloadLink, world: World): string {
  const sha = world.archiveFolder === "short-sha" ? commit.slice(0, 7) : commit;
  return `${repository.fullName.replace("/", "-")}-${sha}`;
}

async function breakAfter(
  archive: AsyncIterable<Buffer>,
  response: ServerResponse,
  bytes: number,
  cut: Cut,
): Promise<void> {
  let left = bytes;
  for await (const chunk of archive) {
    if (chunk.byteLength >= left) return sendThenBreak(response, chunk.subarray(0, left), cut);
    left -= chunk.byteLength;
    await new Promise((resolve) => response.write(chunk, resolve));
  }
  response.destroy();
}
