import type { V1Deployment, V1Service } from "@kubernetes/client-node";

export const REGISTRY_PORT = 5000;
const NAME = "registry";
const LABELS = { app: NAME };
const USER = 1000;

/** A registry without any rights, that forgets everything when it ends. */
export function registryDeployment(image: string): V1Deployment {
  const container = {
    name: NAME,
    image,
    ports: [{ containerPort: REGISTRY_PORT }],
    env: [
      { name: "REGISTRY_HTTP_ADDR", value: `:${REGISTRY_PORT}` },
      { name: "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", value: "/var/lib/registry" },
      { name: "OTEL_TRACES_EXPORTER", value: "none" },
    ],
    readinessProbe: { httpGet: { path: "/v2/", port: REGISTRY_PORT }, periodSeconds: 1 },
    resources: { requests: { cpu: "50m", memory: "32Mi" }, limits: { memory: "256Mi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [{ name: "images", mountPath: "/var/lib/registry" }],
  };
  const spec = {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 1,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [container],
    volumes: [{ name: "images", emptyDir: { sizeLimit: "2Gi" } }],
  };
  return {
    metadata: { name: NAME },
    spec: { selector: { matchLabels: LABELS }, template: { metadata: { labels: LABELS }, spec } },
  };
}

/**
 * For pods the Service's name, for nodes a port of their own: container runtimes take plain HTTP from `localhost`
 * without being told to.
 */
export function registryService(): V1Service {
  return {
    metadata: { name: NAME },
    spec: {
      type: "NodePort",
      selector: LABELS,
      ports: [{ name: "registry", port: REGISTRY_PORT, targetPort: REGISTRY_PORT }],
    },
  };
}
