/** What an image's configuration and layers say of what it runs on, and what it runs. */
export type ProgramFacts = {
  /** As Go names it: `amd64`, `arm64`, … */
  architecture: string;
  os: string;
  /** Its entrypoint and arguments: what is started. Empty: nothing. */
  command: string[];
  /** The file that is started, if it was found in the layers and is an ELF program. */
  binary?: { path: string; architecture: string };
};

/** What an image says that it runs on: `linux/amd64`. */
export function formatPlatform({ os, architecture }: Pick<ProgramFacts, "os" | "architecture">): string {
  return `${os}/${architecture}`;
}

/** The architectures of nodes that run images of that one. */
export function nodesFor(architecture: string): string[] {
  const others = Object.entries(RUNS_TOO).filter(([, runs]) => runs.includes(architecture));
  return [architecture, ...others.map(([node]) => node)];
}

/** Machines that run others' programs as well. */
const RUNS_TOO: Record<string, string[]> = { amd64: ["386"], arm64: ["arm"] };

/** The program's own architecture, when the image's platform cannot run it. */
export function foreignBinary({ architecture, binary }: ProgramFacts): ProgramFacts["binary"] {
  if (!binary || binary.architecture === architecture) return undefined;
  return RUNS_TOO[architecture]?.includes(binary.architecture) ? undefined : binary;
}
