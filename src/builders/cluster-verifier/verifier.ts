import type { KubeConfig } from "@kubernetes/client-node";
import type { BuildCluster } from "../kaniko/await-end.ts";
import { startFault } from "../kaniko/builder-fault.ts";
import { createClusterApi, withinTime } from "../kaniko/cluster-api.ts";
import { type ClusterWatch, watchCluster } from "../kaniko/cluster-watch.ts";
import { createJob } from "../kaniko/create-job.ts";
import { fetchSecretValues } from "../kaniko/fetch-secret-values.ts";
import type { BuilderLog } from "../kaniko/log.ts";
import { removeJobs } from "../kaniko/remove-build.ts";
import { createSecurityChoice } from "../kaniko/security-choice.ts";
import { createStrikeOut } from "../strike-out.ts";
import type { Verifier } from "../verifier.ts";
import { awaitRun } from "./await-run.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import { verifyJob } from "./job.ts";
import { VERIFY_SELECTOR, verifyJobNameOf, verifySelector } from "./names.ts";
import type { VerifierSettings } from "./settings.ts";

/** How long starting or removing a run may ask an API server that is away. */
const PATIENCE_MS = 15_000;
const LAST_LINES = 20;

/** Runs pushed images as Jobs beside the builds' own. Nothing is asked of the cluster until the first is run. */
export function createClusterVerifier(
  settings: VerifierSettings,
  kubeConfig: KubeConfig,
  log: BuilderLog,
): Verifier {
  const { namespace } = settings;
  const closing = new AbortController();
  const api = createClusterApi(kubeConfig);
  let watched: ClusterWatch | undefined;
  let profile: ReturnType<typeof createSecurityChoice> | undefined;

  return {
    async verify(plan, onLog, signal) {
      const either = AbortSignal.any([signal, closing.signal]);
      try {
        profile ??= createSecurityChoice(api, settings, log, closing.signal);
        const run: BuildCluster = { api, cluster: watch(), settings };
        const [chosen, secrets] = await Promise.all([profile(), fetchSecretValues(run, plan, either)]);
        await createJob(withinTime(api, PATIENCE_MS), verifyJob(plan, settings, chosen === "isolated"));
        const strikeOut = createStrikeOut(secrets);
        const last: string[] = [];
        const hear = (line: string) => {
          const clean = strikeOut(line);
          last.push(clean);
          if (last.length > LAST_LINES) last.shift();
          onLog(clean);
        };
        const ended = await awaitRun(run, plan, hear, either);
        if ("passed" in ended.end) return { passed: true };
        return { evidence: await gatherEvidence(run, ended.end.failure, ended, last, strikeOut, either) };
      } catch (error) {
        throw startFault(error, namespace);
      }
    },

    async remove({ buildId, tryNumber }) {
      const selector = verifySelector(buildId);
      await removeJobs(withinTime(api, PATIENCE_MS), namespace, selector, tryNumber);
    },

    async close() {
      closing.abort(new Error("the verifier is closed"));
      watched?.close();
      api.close();
    },
  };

  function watch(): ClusterWatch {
    watched ??= watchCluster(
      api,
      namespace,
      (error) => log.warn({ err: error }, "pushed images that run cannot be watched"),
      { selector: VERIFY_SELECTOR, nameOf: verifyJobNameOf },
    );
    return watched;
  }
}
