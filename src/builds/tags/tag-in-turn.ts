import type { Build, BuildResult, PushedImage } from "../../core/build.ts";
import type { BuildPorts } from "../build-ports.ts";
import { setTags } from "./set-tags.ts";

/**
 * Sets a pushed image's tags and keeps the result that names them, one image of a path after the other: whichever comes
 * second sees the first, so that the newest commit's image has the tags that move in the end.
 */
export function tagInTurn(
  ports: Pick<BuildPorts, "history" | "registry" | "pull" | "inTurn">,
  build: Build,
  result: Omit<Extract<BuildResult, { outcome: "success" }>, "image">,
  image: PushedImage,
): Promise<Extract<BuildResult, { outcome: "success" }>> {
  return ports.inTurn(`tags of ${build.request.image.path}`, async () => {
    const fresh = (await ports.history.get(build.request.id)) ?? build;
    const tagged = { ...result, image: await setTags(ports, fresh, image) };
    await ports.history.change(build.request.id, { result: tagged });
    return tagged;
  });
}
