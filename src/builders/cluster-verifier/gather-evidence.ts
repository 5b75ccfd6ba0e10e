import type { VerifyEvidence } from "../../core/verification/verify-evidence.ts";
import type { BuildCluster } from "../kaniko/await-end.ts";
import { findWarnings } from "../kaniko/find-warnings.ts";
import { containerState } from "../kaniko/outcome.ts";
import type { AwaitedRun } from "./await-run.ts";
import type { RunEnd } from "./decide-run.ts";
import { VERIFY_CONTAINER } from "./names.ts";

/** What is known of a run that did not pass. */
export async function gatherEvidence(
  { api, settings }: BuildCluster,
  failure: Extract<RunEnd, { failure: unknown }>["failure"],
  { state, missing, isReady }: AwaitedRun,
  log: string[],
  clean: (text: string) => string,
  signal: AbortSignal,
): Promise<VerifyEvidence> {
  const { pod } = state;
  const { running, terminated } = containerState(pod, VERIFY_CONTAINER) ?? {};
  // Of a pod that was never made, the Job's own events say why.
  const kind = pod ? "Pod" : "Job";
  const name = (pod ?? state.kanikoJob)?.metadata?.name;
  const warnings =
    name === undefined
      ? []
      : await findWarnings(api, { kind, namespace: settings.namespace, name }, signal).catch(() => {
          signal.throwIfAborted();
          return [];
        });
  return {
    ...failure,
    ...(failure.message === undefined ? {} : { message: clean(failure.message) }),
    warnings: warnings.map(({ reason, message }) => clean(`${reason}: ${message}`)),
    log,
    missing,
    hasRun: running !== undefined || terminated?.startedAt !== undefined || log.length > 0,
    isReady,
  };
}
