import type { Asking } from "./asking.ts";
import { ChangedFiles } from "./decide/changed-files.ts";
import { diagnoseConfigFaults } from "./decide/config-faults.ts";
import { decideImage } from "./decide/decide-image.ts";
import { findCollisions } from "./decide/find-collisions.ts";
import { matchTrigger } from "./decide/match-trigger.ts";
import { selectImages } from "./decide/select-images.ts";
import { decideCommitFault } from "./decide-commit-fault.ts";
import type { Decision } from "./decision.ts";
import { allowsRepository } from "./policy/allows-repository.ts";
import type { Policy } from "./policy.ts";
import type { ConfigFault, RepoConfig } from "./repo-config.ts";

/** What becomes of an asking, by the repository's configuration and within the operator's policy. */
export function decideBuilds(
  asking: Asking,
  config: RepoConfig | { faults: ConfigFault[] },
  policy: Policy,
): Decision {
  const { repository, asked, changedFiles } = asking;
  const allowed = allowsRepository(policy, repository);
  if (allowed !== true) return { ignored: allowed };
  if ("faults" in config)
    return { builds: [decideCommitFault(asking, diagnoseConfigFaults(config.faults, asking), policy)] };

  const matched = matchTrigger(asking, config.triggers);
  if ("ignored" in matched) return matched;
  const selected = selectImages(config, asked);
  if ("ignored" in selected) return selected;

  const scene = {
    asking,
    config,
    policy,
    rule: matched.rule,
    changes: new ChangedFiles(changedFiles),
    collisions: findCollisions(config, repository, policy),
  };
  return { builds: selected.images.map((image) => decideImage(image, scene)) };
}
