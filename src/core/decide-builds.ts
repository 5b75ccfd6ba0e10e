import type { Asking } from "./asking.ts";
import { ChangedFiles } from "./decide/changed-files.ts";
import { diagnoseConfigFaults } from "./decide/config-faults.ts";
import { decideImage } from "./decide/decide-image.ts";
import { findCollisions } from "./decide/find-collisions.ts";
import { CHECK_NAME, imagePathOf } from "./decide/image-identity.ts";
import { isBuiltByPush } from "./decide/is-built-by-push.ts";
import { matchTrigger } from "./decide/match-trigger.ts";
import { requestOf } from "./decide/request-of.ts";
import { selectImages } from "./decide/select-images.ts";
import type { DecidedBuild, Decision } from "./decision.ts";
import { formatCode } from "./format-code.ts";
import { policyAllowsRepository } from "./policy/policy-allows.ts";
import type { Policy } from "./policy.ts";
import { CONFIG_FILE, type ConfigFault, type RepoConfig } from "./repo-config.ts";
import { formatRepository } from "./repository.ts";

/** What becomes of an asking, by the repository's configuration and within the operator's policy. */
export function decideBuilds(
  asking: Asking,
  config: RepoConfig | { faults: ConfigFault[] },
  policy: Policy,
): Decision {
  const { repository, asked, ref, changedFiles } = asking;
  if (!policyAllowsRepository(policy, repository))
    return {
      ignored: `the operator's policy does not let ${formatCode(formatRepository(repository))} build`,
    };
  if ("faults" in config) return { builds: [decideFaulty(asking, config.faults, policy)] };

  const matched = matchTrigger(asking, config.triggers);
  if ("ignored" in matched) return matched;
  const selected = selectImages(config, asked);
  if ("ignored" in selected) return selected;
  if (ref.kind === "pull-request" && isBuiltByPush(asking, config))
    return { ignored: `the push of branch ${formatCode(ref.pullRequest.branch)} builds the same` };

  const scene = {
    asking,
    config,
    policy,
    rule: matched.rule,
    changes: new ChangedFiles(changedFiles),
    collisions: findCollisions(config, repository),
  };
  return { builds: selected.images.map((image) => decideImage(image, scene)) };
}

/** Which images there are is not known: one check for the commit tells of the faults. */
function decideFaulty(asking: Asking, faults: ConfigFault[], { limits }: Policy): DecidedBuild {
  const end = { outcome: "failure", diagnosis: diagnoseConfigFaults(faults, asking) } as const;
  const request = requestOf({
    asking,
    rule: `${formatCode(CONFIG_FILE)} has faults`,
    checkName: CHECK_NAME,
    image: {
      path: imagePathOf({}, asking.repository),
      context: "",
      dockerfile: { path: "Dockerfile" },
      args: [],
      labels: {},
      tags: [],
      deadlineSeconds: limits.deadlineSeconds,
    },
    isOfCommit: true,
    end,
    supersede: undefined,
  });
  return { request, end };
}
