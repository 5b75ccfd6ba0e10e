import { BuildFault } from "../../core/build-fault.ts";
import { code, short } from "../../core/diagnosis-rules/facts.ts";
import { formatBytes } from "../../core/format-bytes.ts";

const LEAVE_OUT = "or name it in `.dockerignore` if the build does not need it";

export function missingFolder(folder: string, error: NodeJS.ErrnoException): BuildFault {
  const why = error.code === "ENOTDIR" ? "it is not a folder" : error.message;
  return fault(
    "context-folder-missing",
    `There is no folder ${short(folder)}`,
    `The image is to be built from ${code(folder)}: ${why}.`,
    "Name the folder that holds the Dockerfile and what it copies.",
  );
}

export function missingFolderDockerfile(path: string, why: string, near: string[]): BuildFault {
  const meant = near.length === 0 ? "" : ` Did you mean ${near.map(code).join(" or ")}?`;
  return fault(
    "missing-dockerfile",
    `There is no ${short(path)} to build with`,
    `The image is to be built with ${code(path)}, and ${why}.${meant}`,
    "Write it, or name another with `--dockerfile`: its path is from the folder; `-` reads it from the standard input.",
  );
}

export function unreadablePath(path: string, error: NodeJS.ErrnoException): BuildFault {
  const cannotBeNamed = error.code === "ENOENT" && path.includes("\uFFFD");
  const why = cannotBeNamed ? "its name is not UTF-8" : error.message;
  return fault(
    "context-unreadable",
    `${short(path)} cannot be read`,
    `Reading ${code(path)} failed: ${why}.`,
    `Let whoever runs this read it, ${LEAVE_OUT}.`,
  );
}

export function changedFile(path: string, size: number, read: number): BuildFault {
  return fault(
    "context-changed",
    `${short(path)} became shorter while it was read`,
    `${code(path)} had ${size} bytes when reading began, and ended after ${read}.`,
    `Build when nothing writes to it, ${LEAVE_OUT}.`,
  );
}

export function replacedFile(path: string): BuildFault {
  return fault(
    "context-changed",
    `${short(path)} is no file any more`,
    `${code(path)} was a file when the folder was listed, and is something else now.`,
    `Build when nothing writes to the folder, ${LEAVE_OUT}.`,
  );
}

/** `largest`: what takes most of it. */
export function largeFolder(
  bytes: number,
  limit: number,
  largest: [path: string, bytes: number][],
): BuildFault {
  const list = largest.map(([path, size]) => `${code(path)} (${formatBytes(size)})`).join(", ");
  return fault(
    "context-too-large",
    `The folder is larger than ${formatBytes(limit)}`,
    `Its files have ${formatBytes(bytes)} together, and ${formatBytes(limit)} are allowed. Most of it is in ${list}.`,
    "Name what the build does not need in `.dockerignore`, or raise `PUSHWRIGHT_CONTEXT_LIMIT` (or the policy's `limits.context`).",
  );
}

function fault(name: string, title: string, cause: string, remedy: string): BuildFault {
  return new BuildFault({ class: "permanent", code: name, title, cause, remedy });
}
