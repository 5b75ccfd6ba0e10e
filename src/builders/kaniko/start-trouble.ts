import type { ClusterApi } from "./cluster-api.ts";
import { findWarnings } from "./find-warnings.ts";
import { type BuildEnd, type BuildState, containerState } from "./outcome.ts";

type Trouble = { reason: string; message: string };

/** Waiting does not mend these. */
const HOPELESS = ["InvalidImageName", "ErrImageNeverPull"];
/** What keeps a pod that has a node from starting, said in events only. */
const POD_WARNINGS = ["FailedMount", "FailedCreatePodSandBox"];
/** Events cost a request: they are asked for when a build has not started after a while. */
const USUAL_START_MS = 5_000;

/** Gives a build up that cannot start. A build without room in the cluster may wait until its deadline. */
export class StartTrouble {
  readonly #api: ClusterApi;
  readonly #graceMs: number;
  readonly #begun = Date.now();
  #since: number | undefined;

  constructor(api: ClusterApi, graceSeconds: number) {
    this.#api = api;
    this.#graceMs = graceSeconds * 1000;
  }

  async decide(state: BuildState, signal: AbortSignal): Promise<BuildEnd | undefined> {
    const container = containerState(state.pod);
    if (container?.running || container?.terminated) return undefined;
    const trouble = waitingTrouble(state) ?? (await this.#eventTrouble(state, signal));
    if (!trouble) this.#since = undefined;
    else this.#since ??= Date.now();
    const isOver = this.#since !== undefined && Date.now() - this.#since >= this.#graceMs;
    return trouble && (isOver || HOPELESS.includes(trouble.reason)) ? { failure: trouble } : undefined;
  }

  async #eventTrouble({ kanikoJob, pod }: BuildState, signal: AbortSignal): Promise<Trouble | undefined> {
    if (Date.now() - this.#begun < USUAL_START_MS) return undefined;
    const { name = "", namespace = "" } = (pod ?? kanikoJob)?.metadata ?? {};
    if (pod && !pod.spec?.nodeName) return undefined;
    const warnings = await findWarnings(this.#api, { kind: pod ? "Pod" : "Job", namespace, name }, signal);
    return warnings.findLast(({ reason, message }) =>
      pod ? POD_WARNINGS.includes(reason) : reason === "FailedCreate" && !message.includes("exceeded quota"),
    );
  }
}

function waitingTrouble({ pod }: BuildState): Trouble | undefined {
  const waiting = containerState(pod)?.waiting;
  if (!waiting?.reason || waiting.reason === "ContainerCreating") return undefined;
  return { reason: waiting.reason, message: waiting.message ?? "" };
}
