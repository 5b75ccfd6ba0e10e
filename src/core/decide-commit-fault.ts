import type { Asking } from "./asking.ts";
import { buildIdOf } from "./build-id.ts";
import type { DecidedBuild } from "./decision.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { formatImagePath } from "./image-reference.ts";

const CHECK_NAME = "pushwright";

/** A check that says why nothing of a commit can be built. A later build of the same commit is another one. */
export function decideCommitFault(
  asking: Pick<Asking, "repository" | "commit" | "ref" | "trigger" | "acceptedAt" | "pushedAt" | "asked">,
  diagnosis: Diagnosis,
): DecidedBuild {
  const { repository, commit, ref, trigger, acceptedAt, pushedAt = acceptedAt, asked } = asking;
  const occasion = asked?.occasion ?? "fault";
  const gitTag = ref.kind === "tag" ? ref.gitTag : undefined;
  return {
    request: {
      id: buildIdOf({ repository, commit, gitTag, occasion }),
      repository,
      commit,
      ...(ref.kind === "branch" ? { branch: ref.branch } : {}),
      ...(gitTag === undefined ? {} : { gitTag }),
      trigger: { ...trigger, rule: "its images could not be decided on" },
      occasion,
      attempt: 1,
      checkName: CHECK_NAME,
      image: {
        path: formatImagePath(repository),
        context: "",
        dockerfile: { path: "Dockerfile" },
        args: [],
        labels: {},
        tags: [],
        deadlineSeconds: 1,
      },
      isTrusted: false,
      noCache: false,
      mayBeSuperseded: false,
      acceptedAt,
      pushedAt,
    },
    end: { outcome: "failure", diagnosis },
  };
}
