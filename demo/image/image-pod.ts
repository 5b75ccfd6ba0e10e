import type { V1Pod } from "@kubernetes/client-node";

export const APP_PORT = 8081;
const NOBODY = 65_534;

/** A pod that may do nothing but run the image. */
export function imagePod(name: string, image: string): V1Pod {
  return {
    metadata: { name, labels: { app: name } },
    spec: {
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 1,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: NOBODY,
        runAsGroup: NOBODY,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name: "app",
          image,
          // From the registry, so that what runs is what was pushed.
          imagePullPolicy: "Always",
          ports: [{ containerPort: APP_PORT }],
          resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "200m", memory: "64Mi" } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
          },
        },
      ],
    },
  };
}
