import { formatCode } from "./format-code.ts";
import type { DockerfileSource } from "./image-build.ts";
import { CONFIG_FILE } from "./repo-config.ts";

/** Where a line of a Dockerfile is, in brackets after what stands there: empty when the line is not known. */
export function formatDockerfilePlace(dockerfile: DockerfileSource, line: number | undefined): string {
  if (line === undefined) return "";
  if ("path" in dockerfile) return ` (${formatCode(dockerfile.path)} line ${line})`;
  return ` (line ${line} of the Dockerfile that ${formatCode(CONFIG_FILE)} makes)`;
}
