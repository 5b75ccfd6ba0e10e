import type { Asking } from "./asking.ts";
import { CHECK_NAME, imagePathOf } from "./decide/image-identity.ts";
import { requestOf } from "./decide/request-of.ts";
import type { DecidedBuild } from "./decision.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Policy } from "./policy.ts";

/**
 * A check that says why nothing of a commit can be built: which images there are is not known. A later build of the same
 * commit is another one.
 */
export function decideCommitFault(
  asking: Omit<Asking, "message" | "changedFiles">,
  diagnosis: Diagnosis,
  { imageRoots }: Pick<Policy, "imageRoots">,
): DecidedBuild {
  const end = { outcome: "failure", diagnosis } as const;
  const request = requestOf({
    asking,
    rule: "its images could not be decided on",
    checkName: CHECK_NAME,
    image: {
      path: imagePathOf({}, asking.repository, imageRoots),
      context: "",
      dockerfile: { path: "Dockerfile" },
      args: [],
      labels: {},
      tags: [],
      deadlineSeconds: 1,
    },
    isOfCommit: true,
    end,
    supersede: undefined,
  });
  return { request, end };
}
