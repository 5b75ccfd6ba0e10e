const MAX_PATHS = 16;

/**
 * Where a program is looked for, without a leading slash: the path itself, or its name in each folder of `PATH`. Not what
 * is relative to a working folder: it may be anywhere.
 */
export function programPaths(command: string | undefined, env: readonly string[]): string[] {
  if (command === undefined || command === "") return [];
  if (command.startsWith("/")) return [tidy(command)];
  if (command.includes("/")) return [];
  const path = env.find((each) => each.startsWith("PATH="))?.slice("PATH=".length) ?? "";
  return path
    .split(":")
    .filter((folder) => folder.startsWith("/"))
    .slice(0, MAX_PATHS)
    .map((folder) => tidy(`${folder}/${command}`));
}

/** Where a symbolic link leads, without a leading slash; undefined when that is out of the image. */
export function linkTarget(from: string, to: string): string | undefined {
  return to === ""
    ? undefined
    : tidy(to.startsWith("/") ? to : `${from.slice(0, from.lastIndexOf("/") + 1)}${to}`);
}

/** The same path in one form, as a layer's tar may write it in several: `./app/main`, `/app//main`, `app/main`. */
export function tidy(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
