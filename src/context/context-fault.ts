import { BuildFault } from "../core/build-fault.ts";
import { code, short } from "../core/diagnosis-rules/facts.ts";

/** `near`: what may have been meant. */
export function missingContextFolder(folder: string, near: string[]): BuildFault {
  return new BuildFault({
    class: "permanent",
    code: "context-folder-missing",
    title: `There is no folder ${short(folder)} in the repository`,
    cause: `The image is to be built from the folder ${code(folder)}, and the commit has no such folder.${didYouMean(near)}`,
    remedy:
      "Correct `context` in `.pushwright.yml`, or push the folder. Its name is case-sensitive, and Git keeps no empty folders.",
  });
}

export function missingDockerfile(
  path: string,
  what: "nothing" | "folder" | "link",
  near: string[],
): BuildFault {
  const why = {
    nothing: "the commit has no such file",
    folder: "that is a folder",
    link: "that is a link to something that is not in the repository",
  }[what];
  return new BuildFault({
    class: "permanent",
    code: "missing-dockerfile",
    title: `There is no ${short(path)} in the repository`,
    cause: `The image is to be built with ${code(path)}, and ${why}.${didYouMean(near)}`,
    remedy:
      "Add it and push it, or say in `.pushwright.yml` which `dockerfile` to build with. Its name is case-sensitive.",
  });
}

export function largeDockerfile(path: string, limit: string): BuildFault {
  return new BuildFault({
    class: "permanent",
    code: "dockerfile-too-large",
    title: `${short(path)} is too large`,
    cause: `${code(path)} has more than ${limit}.`,
    remedy: "Keep what the Dockerfile writes in files of their own, and copy those.",
  });
}

/** For archives that no repository makes. */
export function unsafeArchive(path: string): BuildFault {
  return unreadable(
    `The archive holds ${code(path)}, which does not lie within the repository, or lies where something else does.`,
  );
}

export function strayLink(path: string, target: string): BuildFault {
  return unreadable(
    `${code(path)} is a hard link to ${code(target)}, which is not in the folder that the image is built from.`,
  );
}

export function tooManyPaths(count: number): BuildFault {
  return new BuildFault({
    class: "permanent",
    code: "context-too-large",
    title: "The repository has too many files",
    cause: `Reading the archive was stopped after ${count} paths; nothing was built.`,
    remedy: "Keep files that no build needs out of the archive, with `export-ignore` in `.gitattributes`.",
  });
}

function unreadable(cause: string): BuildFault {
  return new BuildFault({
    class: "permanent",
    code: "context-unreadable",
    title: "The build context cannot be unpacked",
    cause,
    remedy: "Look for what is named there, and for unusual kinds of files in the repository.",
  });
}

function didYouMean(near: string[]): string {
  return near.length === 0 ? "" : ` Did you mean ${near.map(code).join(" or ")}?`;
}
