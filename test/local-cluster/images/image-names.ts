import { ports } from "../addresses.ts";
import { goModules } from "../binaries/go-modules.ts";

/** The registry's name on the node and the host. Pods call the same registry by its Service's name. */
export const registryOnNode = `localhost:${ports.registry}` as const;
export const registryForPods = `registry.kube-system.svc.cluster.local:${ports.registry}` as const;
export const registryApi = `http://localhost:${ports.registry}` as const;

export const pauseRepository = "pushwright/pause:busybox";
export const kanikoRepository = `pushwright/kaniko-executor:${goModules.kaniko.version}`;
export const baseRepository = "library/busybox:stable";
/** The same base under the name that the project's first study used. */
export const studyBaseRepository = "ones/plugin-host-node:v6.33.1";

export const pauseImage = `${registryOnNode}/${pauseRepository}`;
export const kanikoImage = `${registryOnNode}/${kanikoRepository}`;
export const baseImage = `${registryOnNode}/${baseRepository}`;
