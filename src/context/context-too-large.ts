import { BuildFault } from "../core/build-fault.ts";
import { formatBytes } from "../core/format-bytes.ts";

export function contextTooLarge(what: "download" | "unpacked", limit: number): BuildFault {
  const size = what === "download" ? "is larger than" : "unpacks to more than";
  return new BuildFault({
    class: "permanent",
    code: "context-too-large",
    title: `The repository's archive ${size} ${formatBytes(limit)}`,
    cause: `Reading the archive was stopped at the limit of ${formatBytes(limit)} (${limit} bytes); nothing was built.`,
    remedy:
      "Keep large files out of the repository's tree (`export-ignore` in `.gitattributes` keeps a path out of the archive), or ask whoever runs Pushwright to raise `PUSHWRIGHT_CONTEXT_LIMIT`.",
  });
}
