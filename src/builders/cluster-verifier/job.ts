import type { V1Affinity, V1Container, V1Job, V1Probe } from "@kubernetes/client-node";
import type { Capability } from "../../core/capability.ts";
import { nodesFor } from "../../core/verification/program-facts.ts";
import type { VerifyWish } from "../../core/verification/verify-wish.ts";
import { ANNOTATIONS, LABELS, labelValue, MANAGED_BY } from "../kaniko/names.ts";
import { placePod } from "../kaniko/place-pod.ts";
import { podSecurity } from "../kaniko/security.ts";
import type { VerifyPlan } from "../verifier.ts";
import { VERIFY_CONTAINER, VERIFY_LABEL, verifyJobName } from "./names.ts";
import type { VerifierSettings } from "./settings.ts";

/**
 * What the usual images do as root before they become another user: give files away, change their user, end their
 * children, listen on port 80. A program that is not root has none of these.
 */
const CAPABILITIES: readonly Capability[] = [
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "KILL",
  "NET_BIND_SERVICE",
  "SETGID",
  "SETUID",
];
/** How long it may wait for a node besides. */
export const NODE_WAIT_SECONDS = 300;
const PROBE_SECONDS = 1;
/** The Job's deadline ends it, not the number of tries. */
const PROBE_FAILURES = 3;

/** The Job that runs a pushed image. */
export function verifyJob(plan: VerifyPlan, settings: VerifierSettings, isIsolated: boolean): V1Job {
  const metadata = {
    labels: {
      ...settings.labels,
      [LABELS.managedBy]: MANAGED_BY,
      [VERIFY_LABEL]: plan.buildId,
      [LABELS.try]: String(plan.tryNumber),
      [LABELS.repository]: labelValue(plan.repository),
      [LABELS.trust]: "trusted",
    },
    annotations: { [ANNOTATIONS.repository]: plan.repository, [ANNOTATIONS.commit]: plan.commit },
  };
  const { platform } = plan;
  const { registrySecret } = settings;
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { ...metadata, name: verifyJobName(plan), namespace: settings.namespace },
    spec: {
      backoffLimit: 0,
      // Whoever waits for it counts its own time; this is for when nobody does, or no node takes it.
      activeDeadlineSeconds: plan.wish.timeoutSeconds + NODE_WAIT_SECONDS,
      ttlSecondsAfterFinished: settings.ttlSeconds,
      template: {
        metadata,
        spec: {
          restartPolicy: "Never",
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 1,
          // Nodes use it where they know no login of their own for the name that they pull by.
          ...(registrySecret === undefined ? {} : { imagePullSecrets: [{ name: registrySecret }] }),
          ...podSecurity(isIsolated ? "isolated" : "standard"),
          ...placePod(plan.placement ?? settings.placement),
          ...(platform === undefined ? {} : { affinity: affinityTo(platform) }),
          containers: [imageContainer(plan, settings)],
        },
      },
    },
  };
}

/** The scheduler knows which nodes there are, and says when none is of the image's platform. */
function affinityTo({ os, architecture }: NonNullable<VerifyPlan["platform"]>): V1Affinity {
  const oneOf = (key: string, values: string[]) => ({ key, operator: "In", values });
  const matchExpressions = [
    oneOf("kubernetes.io/os", [os]),
    oneOf("kubernetes.io/arch", nodesFor(architecture)),
  ];
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
    },
  };
}

function imageContainer({ image, wish }: VerifyPlan, { resources }: VerifierSettings): V1Container {
  const env = Object.entries(wish.env).map(([name, value]) => ({ name, value: literal(value) }));
  const probe = probeOf(wish);
  return {
    name: VERIFY_CONTAINER,
    image,
    imagePullPolicy: "IfNotPresent",
    ...(wish.args === undefined ? {} : { args: wish.args.map(literal) }),
    ...(env.length === 0 ? {} : { env }),
    ...(probe === undefined ? {} : { readinessProbe: probe }),
    resources,
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      capabilities: { drop: ["ALL"], add: [...CAPABILITIES] },
      seccompProfile: { type: "RuntimeDefault" },
    },
  };
}

/** The node asks the pod itself: to do so from here would need a way to pods, or the right to open one. */
function probeOf({ port, http }: VerifyWish): V1Probe | undefined {
  if (port === undefined) return undefined;
  return {
    ...(http === undefined ? { tcpSocket: { port } } : { httpGet: { path: http, port } }),
    periodSeconds: PROBE_SECONDS,
    failureThreshold: PROBE_FAILURES,
    timeoutSeconds: 5,
  };
}

/** Kubernetes would replace `$(NAME)`. */
function literal(text: string): string {
  return text.replaceAll("$", "$$$$");
}
