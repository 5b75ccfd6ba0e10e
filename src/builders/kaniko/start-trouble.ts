import type { V1ContainerStateWaiting, V1ContainerStatus, V1Pod } from "@kubernetes/client-node";
import { mayPass } from "../../core/diagnosis-rules/refusal.ts";
import type { ClusterApi } from "./cluster-api.ts";
import { findWarnings } from "./find-warnings.ts";
import { CONTAINER, PROXY_CONTAINER } from "./names.ts";
import { type BuildEnd, type BuildState, containerState, FOREIGN_TROUBLE, proxyStatus } from "./outcome.ts";

type Trouble = { reason: string; message: string; part?: typeof PROXY_CONTAINER };

/** Waiting does not mend these. */
const HOPELESS = ["InvalidImageName", "ErrImageNeverPull"];
const USUAL_WAITS = ["ContainerCreating", "PodInitializing"];
/** What keeps a pod that has a node from starting, said in events only. */
const POD_WARNINGS = ["FailedMount", "FailedCreatePodSandBox"];
/** Events cost a request: they are asked for when a build has not started after a while. */
const USUAL_START_MS = 5_000;

/** Gives a build up that cannot start. A build without room in the cluster may wait until its deadline. */
export class StartTrouble {
  readonly #api: ClusterApi;
  readonly #graceMs: number;
  readonly #container: string;
  readonly #begun = Date.now();
  #since: number | undefined;

  constructor(api: ClusterApi, graceSeconds: number, container = CONTAINER) {
    this.#api = api;
    this.#container = container;
    this.#graceMs = graceSeconds * 1000;
  }

  async decide(state: BuildState, signal: AbortSignal): Promise<BuildEnd | undefined> {
    const container = containerState(state.pod, this.#container);
    if (container?.running || container?.terminated) return undefined;
    const trouble = waitingTrouble(state, this.#container) ?? (await this.#eventTrouble(state, signal));
    if (!trouble) this.#since = undefined;
    else this.#since ??= Date.now();
    const isOver = this.#since !== undefined && Date.now() - this.#since >= this.#graceMs;
    return trouble && (isOver || isHopeless(trouble)) ? { failure: trouble } : undefined;
  }

  async #eventTrouble({ kanikoJob, pod }: BuildState, signal: AbortSignal): Promise<Trouble | undefined> {
    if (Date.now() - this.#begun < USUAL_START_MS) return undefined;
    const { name = "", namespace = "" } = (pod ?? kanikoJob)?.metadata ?? {};
    if (pod && !pod.spec?.nodeName) return undefined;
    const warnings = await findWarnings(this.#api, { kind: pod ? "Pod" : "Job", namespace, name }, signal);
    return warnings.findLast(({ reason, message }) =>
      pod ? POD_WARNINGS.includes(reason) : reason === "FailedCreate" && !isQuotaThatMayFree(message),
    );
  }
}

/** A build may wait for other builds' room until its deadline. */
function isQuotaThatMayFree(message: string): boolean {
  return message.includes("exceeded quota") && mayPass(message);
}

function isHopeless({ reason, message }: Trouble): boolean {
  return HOPELESS.includes(reason) || (reason === "FailedCreate" && !mayPass(message));
}

function waitingTrouble({ pod }: BuildState, container: string): Trouble | undefined {
  const proxy = proxyStatus(pod);
  const ofProxy = restartTrouble(proxy) ?? troubleOf(proxy?.state?.waiting);
  if (ofProxy) return { ...ofProxy, part: PROXY_CONTAINER };
  return foreignTrouble(pod) ?? troubleOf(containerState(pod, container)?.waiting);
}

/** Something in the cluster may add a container that the build has to wait for. */
function foreignTrouble(pod: V1Pod | undefined): Trouble | undefined {
  for (const { name, state } of pod?.status?.initContainerStatuses ?? []) {
    const trouble = name === PROXY_CONTAINER ? undefined : troubleOf(state?.waiting);
    if (!trouble) continue;
    const message = `init container ${name} waits: ${trouble.reason}: ${trouble.message}`;
    return { reason: FOREIGN_TROUBLE, message };
  }
  return undefined;
}

/** The build waits for it, and it is started again and again. */
function restartTrouble(proxy: V1ContainerStatus | undefined): Trouble | undefined {
  if (!proxy || proxy.restartCount === 0) return undefined;
  const { state, lastState } = proxy;
  const said = [state?.terminated, lastState?.terminated, state?.waiting].map((each) =>
    each?.message?.trim(),
  );
  return { reason: "ProxyEnded", message: said.find(Boolean) ?? "it does not say why" };
}

function troubleOf(waiting: V1ContainerStateWaiting | undefined): Trouble | undefined {
  if (!waiting?.reason || USUAL_WAITS.includes(waiting.reason)) return undefined;
  return { reason: waiting.reason, message: waiting.message ?? "" };
}
