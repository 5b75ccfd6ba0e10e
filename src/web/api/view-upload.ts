import type { UploadBuild } from "../../core/upload.ts";
import type { BuildView } from "./schemas.ts";

export const API_BUILDS = "/api/builds";

/** What a program is told of a build of an upload. */
export function viewUpload({ request, state, cancellation, result, ...others }: UploadBuild): BuildView {
  const { id, image, contents, acceptedAt } = request;
  const self = `${API_BUILDS}/${id}`;
  const { builder, tries, setback } = others;
  const finished = result?.timings.finished;
  return {
    id,
    state: state === "completed" ? outcomeOf(result) : state,
    isCancelling: cancellation !== undefined && state !== "completed",
    image: image.path,
    contents,
    acceptedAt: new Date(acceptedAt).toISOString(),
    ...(finished === undefined ? {} : { finishedAt: new Date(finished).toISOString() }),
    ...(builder === undefined ? {} : { builder }),
    ...(tries === undefined ? {} : { tries }),
    ...(setback === undefined || result ? {} : { setback }),
    ...endOf(result),
    links: { self, log: `${self}/log` },
  };
}

function outcomeOf(result: UploadBuild["result"]): BuildView["state"] {
  if (result?.outcome === "success" || result?.outcome === "built") return "success";
  return result?.outcome === "cancelled" ? "cancelled" : "failure";
}

function endOf(result: UploadBuild["result"]): Partial<BuildView> {
  if (!result) return {};
  if (result.outcome === "built") return { digest: result.digest };
  if (result.outcome === "success") {
    const { digest, tagged, pinned, bytes } = result.image;
    return { digest, tagged: [...tagged], pinned, bytes };
  }
  const { annotations: _, ...diagnosis } = result.diagnosis;
  return { diagnosis };
}
