import type { Build, BuildResult, PushedImage } from "../../core/build.ts";
import { tagsOf } from "../../core/build-tags.ts";
import type { BuildPorts } from "../build-ports.ts";
import { setTags } from "./set-tags.ts";

type Success = Extract<BuildResult, { outcome: "success" }>;

/**
 * Sets a pushed image's tags and keeps the result that names them, one image of a path after the other: whichever comes
 * second sees the first, so that the newest commit's image has the tags that move in the end. Tags that are wished for
 * meanwhile are set as well: who wishes for them looks for the result only after they are kept.
 */
export function tagInTurn(
  ports: Pick<BuildPorts, "history" | "registry" | "pull" | "inTurn">,
  build: Build,
  result: Omit<Success, "image">,
  image: PushedImage,
): Promise<Success> {
  const {
    id,
    image: { path },
  } = build.request;
  return ports.inTurn(`tags of ${path}`, async () => {
    let known = (await ports.history.get(id)) ?? build;
    for (;;) {
      const tagged = { ...result, image: await setTags(ports, known, image) };
      const kept = await ports.history.change(id, { result: tagged });
      if (!kept || JSON.stringify(tagsOf(kept)) === JSON.stringify(tagsOf(known))) return tagged;
      known = kept;
    }
  });
}
