import type { V1Job } from "@kubernetes/client-node";
import { CONTAINER, LABELS, MANAGED_BY } from "./names.ts";
import { placePod } from "./place-pod.ts";
import { containerSecurity, podSecurity } from "./security.ts";
import type { KanikoSettings } from "./settings.ts";

export const PROBE_LABEL = "pushwright.dev/probe";

const DEADLINE_SECONDS = 180;
const TTL_SECONDS = 30;

/** Runs the Kaniko image in a user namespace, just to print its version. */
export function probeJob(
  name: string,
  { namespace, image, resources, placement, labels }: KanikoSettings,
): V1Job {
  const metadata = { labels: { ...labels, [LABELS.managedBy]: MANAGED_BY, [PROBE_LABEL]: name } };
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { ...metadata, name, namespace },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: DEADLINE_SECONDS,
      ttlSecondsAfterFinished: TTL_SECONDS,
      template: {
        metadata,
        spec: {
          restartPolicy: "Never",
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 0,
          ...podSecurity("isolated"),
          ...placePod(placement),
          containers: [
            {
              name: CONTAINER,
              image,
              imagePullPolicy: "IfNotPresent",
              args: ["version"],
              resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: resources.limits },
              securityContext: containerSecurity("isolated"),
            },
          ],
        },
      },
    },
  };
}
