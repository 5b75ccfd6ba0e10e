import type { VerifyPlan } from "../../builders/verifier.ts";
import type { BuildRequest, PushedImage } from "../../core/build.ts";
import { BuildFault, isPermanent } from "../../core/build-fault.ts";
import { classForBuilds } from "../../core/policy/class-for-builds.ts";
import { formatRepository } from "../../core/repository.ts";
import { diagnoseVerification, withPlace } from "../../core/verification/diagnose-verification.ts";
import { foreignBinary } from "../../core/verification/program-facts.ts";
import { wrongBinary } from "../../core/verification/rules/start.ts";
import type { BuildPorts } from "../build-ports.ts";
import { argumentsOf } from "./arguments-of.ts";
import type { Interrupts } from "./attempt-build.ts";

/** How often an image whose pod the cluster takes away is run, before the whole build counts as taken away. */
const MAX_RUNS = 3;

/**
 * Runs a pushed image, if that is asked for, until it has shown what it is to show. Throws a BuildFault when it does not.
 * False: that is not asked for. One whose program is for another processor is not run at all. What runs is named by the try at the build: another process finds it and goes on.
 */
export async function verifyImage(
  { verifier, registry, policy, log }: Pick<BuildPorts, "verifier" | "registry" | "policy" | "log">,
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
  const program = await registry
    .inspect(request.image.path, image.digest, wish.args)
    .catch((error: unknown) => {
      log.warn({ err: error, build: buildId }, "image not inspected before it is run");
      return undefined;
    });
  const verified = { pinned: image.pinned, memory: policy.verify.memory.limit, program };
  const foreign = program && foreignBinary(program);
  if (foreign) throw new BuildFault(withPlace(wrongBinary(program, foreign), { image: verified }));

  const plan: VerifyPlan = {
    buildId,
    tryNumber,
    repository: formatRepository(repository),
    commit,
    image: image.pinned,
    platform: program,
    wish,
    placement: classForBuilds(policy, repository, request.image.class)?.placement,
    secretArgs: argumentsOf(request, policy).secretArgs,
  };
  for (let run = 1; ; run++) {
    onLog(`[pushwright] running ${image.pinned}`);
    const outcome = await verifier.verify(plan, onLog, signal);
    if ("passed" in outcome) return true;
    const { evidence } = outcome;
    const fault = new BuildFault(diagnoseVerification({ evidence, wish, image: verified }));
    if (isPermanent(fault) || run === MAX_RUNS) throw fault;
    await verifier.remove(plan);
  }
}
