import { text } from "node:stream/consumers";
import { composeBuilder, composeRegistry } from "../compose-builds.ts";
import { type FolderContext, openFolderContext } from "../context/folder/open-folder-context.ts";
import { BuildFault } from "../core/build-fault.ts";
import { formatBytes } from "../core/format-bytes.ts";
import { loadPolicy } from "../settings/load-policy.ts";
import { loadBuildSettings } from "../settings/load-settings.ts";
import { buildFolder } from "./build-folder.ts";
import { exitCodeOf, type FolderBuildEnd, formatEndForTerminal } from "./folder-build-end.ts";
import { type BuildOperands, parseOperands } from "./parse-operands.ts";
import { createTerminal } from "./terminal.ts";

export type Streams = {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  /** Progress, the build's log and faults. */
  errors: NodeJS.WritableStream & { isTTY?: boolean };
};

/** Builds a local folder in the cluster. Returns the exit code. */
export async function buildCommand(
  args: string[],
  env: NodeJS.ProcessEnv,
  { input, output, errors }: Streams,
  signal: AbortSignal,
): Promise<number> {
  const settings = await loadBuildSettings(env);
  const { registryPush: push, registryPull: pull = push } = settings;
  const operands = parseOperands(args, push);
  if ("faults" in operands) {
    for (const fault of operands.faults) errors.write(`pushwright build: ${fault}\n`);
    return 2;
  }
  // A folder has no repository whose images' place would matter.
  const policy = await loadPolicy({ ...settings, imageRoots: [] });
  const terminal = createTerminal(errors);
  const end = await endOf(operands);
  for (const line of formatEndForTerminal(end, operands.dockerfile)) terminal.say(line);
  if (operands.json) output.write(`${JSON.stringify(end)}\n`);
  else if (end.outcome === "success") output.write(`${end.image.digest}\n`);
  else if (end.outcome === "built") output.write(`${end.digest}\n`);
  return exitCodeOf(end);

  async function endOf(operands: BuildOperands): Promise<FolderBuildEnd> {
    let context: FolderContext;
    try {
      const { folder, dockerfile } = operands;
      const given = dockerfile === "-" ? { text: await text(input) } : { path: dockerfile };
      context = await openFolderContext(folder, given, policy.limits.contextBytes);
    } catch (error) {
      if (error instanceof BuildFault) return { outcome: "failure", diagnosis: error.diagnosis };
      throw error;
    }
    terminal.expect(context.bytes);
    for (const line of describe(operands.folder, context)) terminal.say(line);
    const registry = await composeRegistry(settings);
    const log = { info() {}, warn: (_: object, message: string) => terminal.say(message) };
    const builder = await composeBuilder(settings, policy, log);
    try {
      return await buildFolder(
        { builder, registry, policy, push, pull },
        operands,
        context,
        terminal,
        signal,
      );
    } finally {
      await builder.close();
    }
  }
}

function describe(folder: string, { files, bytes, ignored, leftOut }: FolderContext): string[] {
  const without = ignored === 0 ? "" : `, without ${ignored} that .dockerignore names`;
  return [
    `Folder ${folder}: ${files} ${files === 1 ? "file" : "files"}, ${formatBytes(bytes)}${without}`,
    ...leftOut.map((what) => `Left out ${what}, which no image can hold`),
  ];
}
