import { createReadStream } from "node:fs";
import { pipeline, type Readable } from "node:stream";
import { pipeline as pipelineAsync } from "node:stream/promises";
import { createGzip, constants as zlib } from "node:zlib";
import { type Header, type Pack, pack } from "tar-stream";
import { archivePath } from "./archive-path.ts";
import { strayLink } from "./context-fault.ts";
import type { ContextPlan } from "./plan-context.ts";
import { readArchive } from "./read-archive.ts";

type SentHeader = Parameters<Pack["entry"]>[0];

/** Nothing depends on it, so nothing changes with it. */
const MTIME = new Date(0);

/**
 * The build context that an archive file holds, as planned, as a gzip-compressed tar. `fileOf` reads what is copied
 * from elsewhere in the archive.
 */
export function openBuildContext(
  archive: string,
  plan: ContextPlan,
  fileOf: (path: string) => Promise<Buffer>,
): Readable {
  const repacked = pack();
  // The context only travels within the cluster: the fastest compression costs the bot least.
  const buildContext = createGzip({ level: zlib.Z_BEST_SPEED });
  pipeline(repacked as unknown as Readable, buildContext, () => {}); // An error destroys both, and the reader sees it.
  repack().catch((error: Error) => repacked.destroy(error));
  return buildContext;

  async function repack(): Promise<void> {
    // A folder without files is a context too.
    if (plan.into !== "") await send({ name: `${plan.into}/`, type: "directory", mode: 0o755, mtime: MTIME });
    for (const [name, source] of plan.written) {
      const content = "text" in source ? Buffer.from(source.text) : await fileOf(source.path);
      await send({ name, mode: 0o644, mtime: MTIME }, content);
    }
    for await (const entry of readArchive(createReadStream(archive))) {
      const header = headerInContext(entry.header, plan);
      if (header === undefined) entry.resume();
      else await pipelineAsync(entry, repacked.entry(header) as unknown as NodeJS.WritableStream);
    }
    repacked.finalize();
  }

  function send(header: SentHeader, content?: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (error?: Error | null) => (error ? reject(error) : resolve());
      if (content === undefined) repacked.entry(header, done);
      else repacked.entry(header, content, done);
    });
  }
}

/** Undefined for what is not sent. */
function headerInContext(header: Header, plan: ContextPlan): SentHeader | undefined {
  const { mode, mtime, size, type, linkname } = header;
  const path = archivePath(header.name);
  const name = nameInContext(path, plan);
  if (name === undefined || plan.written.has(name)) return undefined;
  if (type !== "link") return { name, mode, mtime, size, type, ...(linkname ? { linkname } : {}) };
  const target = archivePath(linkname ?? "");
  const targetName = nameInContext(target, plan);
  if (targetName === undefined) throw strayLink(path, target);
  return { name, mode, mtime, size, type, linkname: targetName };
}

function nameInContext(path: string, { folder, into }: ContextPlan): string | undefined {
  const prefix = folder === "" ? "" : `${folder}/`;
  if (path === folder || !path.startsWith(prefix)) return undefined;
  const name = path.slice(prefix.length);
  return into === "" ? name : `${into}/${name}`;
}
