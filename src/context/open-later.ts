import { PassThrough, pipeline, type Readable } from "node:stream";
import type { ImageBuild } from "../core/image-build.ts";
import type { SpooledArchive } from "./spooled-archive.ts";

/** The build context of an archive that is still coming. */
export function openLater(
  whole: Promise<Pick<SpooledArchive, "open">>,
  image: Pick<ImageBuild, "context" | "dockerfile">,
): Readable {
  const buildContext = new PassThrough();
  whole
    .then(
      (archive) => pipeline(archive.open(image), buildContext, () => {}), // An error destroys both.
    )
    .catch((error: Error) => buildContext.destroy(error));
  return buildContext;
}
