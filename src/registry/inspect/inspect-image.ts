import type { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { z } from "zod";
import { elfArchitecture } from "../../core/verification/elf-architecture.ts";
import type { ProgramFacts } from "../../core/verification/program-facts.ts";
import { programPaths } from "../../core/verification/program-paths.ts";
import { findInLayer } from "./find-in-layer.ts";

/** A node's label could be nothing else. */
const Word = z.string().regex(/^[a-z0-9]{1,20}$/);

/** https://github.com/opencontainers/image-spec/blob/main/config.md */
const ImageConfig = z.object({
  architecture: Word,
  os: Word,
  config: z
    .object({
      Entrypoint: z.array(z.string()).nullish(),
      Cmd: z.array(z.string()).nullish(),
      Env: z.array(z.string()).nullish(),
    })
    .nullish(),
});

const Blob = z.object({ digest: z.string(), size: z.number().nonnegative() });
export const ImageBlobs = z.object({ config: Blob, layers: z.array(Blob) });
export type ImageBlobs = z.infer<typeof ImageBlobs>;

/** Configurations of real images take some kilobytes. */
const MAX_CONFIG = 1024 * 1024;
/** What may be read of an image to find its program: more than most have above their base, and a second's work. */
const MAX_READ = 96 * 1024 * 1024;
const MAX_LINKS = 4;

/**
 * What an image says that it runs on and starts, and the architecture of that program if it is found without much reading.
 * `args` take the place of its own arguments.
 */
export async function inspectImage(
  { config, layers }: ImageBlobs,
  readBlob: (digest: string) => Promise<Readable>,
  args?: readonly string[],
): Promise<ProgramFacts> {
  if (config.size > MAX_CONFIG) throw new Error(`an image configuration of ${config.size} bytes`);
  const { architecture, os, config: settings } = ImageConfig.parse(await json(await readBlob(config.digest)));
  const command = [...(settings?.Entrypoint ?? []), ...(args ?? settings?.Cmd ?? [])];
  const facts = { architecture, os, command };
  const paths = programPaths(command[0], settings?.Env ?? []);
  const binary = paths.length === 0 ? undefined : await findBinary(paths).catch(() => undefined);
  return binary === undefined ? facts : { ...facts, binary };

  /** From the last layer down: the last one counts. */
  async function findBinary(wanted: string[]): Promise<ProgramFacts["binary"]> {
    let budget = MAX_READ;
    let names = wanted;
    let links = 0;
    for (let at = layers.length - 1; at >= 0; at--) {
      const layer = layers[at];
      if (layer === undefined || layer.size > budget) return undefined;
      budget -= layer.size;
      const found = await findInLayer(await readBlob(layer.digest), names);
      if (!found) continue;
      if ("removed" in found) return undefined;
      if ("leadsTo" in found) {
        if (++links > MAX_LINKS) return undefined;
        // What it leads to may be in any layer.
        names = [found.leadsTo];
        at = layers.length;
        continue;
      }
      const own = elfArchitecture(found.head);
      return own === undefined ? undefined : { path: `/${found.path}`, architecture: own };
    }
    return undefined;
  }
}
