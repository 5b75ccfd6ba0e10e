import type { V1Container, V1Job } from "@kubernetes/client-node";

export type BareJobRequest = {
  name: string;
  namespace: string;
  /** A folder on the node. */
  contextFolder: string;
  /** Image reference to push to. */
  destination: string;
};

const CONTEXT_MOUNT = "/context";
/** Where Kaniko unpacks the context that it gets through stdin. */
const BOTS_CONTEXT = "/kaniko/buildcontext";

/**
 * A Job like the bot's own, as the cluster has it: the same image, arguments, resources and security. Only the context
 * is a folder of the node instead of stdin, and the image and its layers go elsewhere.
 */
export function bareJobLike(botsJob: V1Job, request: BareJobRequest): V1Job {
  const { name, namespace, contextFolder } = request;
  const { backoffLimit, activeDeadlineSeconds, ttlSecondsAfterFinished, template } = botsJob.spec ?? {};
  const podSpec = template?.spec;
  if (!podSpec) throw new Error(`the bot's Job ${botsJob.metadata?.name} has no pod template`);
  const context = { name: "context", hostPath: { path: contextFolder, type: "Directory" } };
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name, namespace },
    spec: {
      ...(backoffLimit === undefined ? {} : { backoffLimit }),
      ...(activeDeadlineSeconds === undefined ? {} : { activeDeadlineSeconds }),
      ...(ttlSecondsAfterFinished === undefined ? {} : { ttlSecondsAfterFinished }),
      template: {
        spec: {
          ...podSpec,
          containers: podSpec.containers.map((container) => bareContainer(container, request)),
          volumes: [...(podSpec.volumes ?? []), context],
        },
      },
    },
  };
}

function bareContainer(container: V1Container, { destination }: BareJobRequest): V1Container {
  const { stdin: _, stdinOnce: __, ...rest } = container;
  const args = (container.args ?? []).map((argument) => {
    const [flag, value = ""] = argument.split(/=(.*)/s);
    switch (flag) {
      case "--context":
        return `--context=dir://${CONTEXT_MOUNT}`;
      case "--dockerfile":
        return `--dockerfile=${value.replace(BOTS_CONTEXT, CONTEXT_MOUNT)}`;
      case "--destination":
        return `--destination=${destination}`;
      // Whichever of the two builds second would find the first one's layers.
      case "--cache-repo":
        return `--cache-repo=${value}/bare`;
      default:
        return argument;
    }
  });
  const mount = { name: "context", mountPath: CONTEXT_MOUNT };
  return { ...rest, args, volumeMounts: [...(container.volumeMounts ?? []), mount] };
}
