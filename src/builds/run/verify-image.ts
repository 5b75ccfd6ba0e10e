import type { VerifyPlan } from "../../builders/verifier.ts";
import type { BuildRequest, PushedImage } from "../../core/build.ts";
import { BuildFault, isPermanent } from "../../core/build-fault.ts";
import { formatRepository } from "../../core/repository.ts";
import { diagnoseVerification } from "../../core/verification/diagnose-verification.ts";
import type { BuildPorts } from "../build-ports.ts";
import { argumentsOf } from "./arguments-of.ts";
import type { Interrupts } from "./attempt-build.ts";

/** How often an image whose pod the cluster takes away is run, before the whole build counts as taken away. */
const MAX_RUNS = 3;

/**
 * Runs a pushed image, if that is asked for, until it has shown what it is to show. Throws a BuildFault when it does not.
 * False: that is not asked for. What runs is named by the try at the build: another process finds it and goes on.
 */
export async function verifyImage(
  { verifier, policy }: Pick<BuildPorts, "verifier" | "policy">,
  request: BuildRequest,
  image: PushedImage | undefined,
  tryNumber: number,
  onLog: (line: string) => void,
  { letGo, cancelled }: Interrupts,
): Promise<boolean> {
  const { id: buildId, commit, repository } = request;
  const wish = request.image.verify;
  if (!wish || !image || !request.isTrusted) return false;
  const signal = AbortSignal.any([letGo, cancelled]);
  const plan: VerifyPlan = {
    buildId,
    tryNumber,
    repository: formatRepository(repository),
    commit,
    image: image.pinned,
    wish,
    secretArgs: argumentsOf(request, policy).secretArgs,
  };
  for (let run = 1; ; run++) {
    onLog(`[pushwright] running ${image.pinned}`);
    const outcome = await verifier.verify(plan, onLog, signal);
    if ("passed" in outcome) return true;
    const { evidence } = outcome;
    const verified = { pinned: image.pinned, memory: policy.verify.memory.limit };
    const fault = new BuildFault(diagnoseVerification({ evidence, wish, image: verified }));
    if (isPermanent(fault) || run === MAX_RUNS) throw fault;
    await verifier.remove(plan);
  }
}
