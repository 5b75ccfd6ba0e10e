import type { V1Container, V1Volume } from "@kubernetes/client-node";
import type { ProxyPlan } from "../../core/registry-proxy/proxy-plan.ts";
import type { BuildPlan } from "../builder.ts";
import { literal } from "./literal.ts";
import { PROXY_CONTAINER } from "./names.ts";
import { hasProxy, planRegistryAccess } from "./registry-access.ts";
import { CERTIFICATE_MOUNT, registryCertificates } from "./registry-certificates.ts";
import { LOGIN_VOLUME } from "./registry-login.ts";
import type { KanikoSettings } from "./settings.ts";

const LOGIN_FOLDER = "/var/run/pushwright/login";
const STATE_FOLDER = "/var/run/pushwright/state";
const STATE_VOLUME = "registry-proxy";
/** As of the image of the bot, whose working directory is this repository. */
const COMMAND = ["node", "src/main.ts", "registry-proxy"];
/** Ends once something listens on all the ports. Written out, for a build waits for each module that it would load. */
const WAIT = `for (const port of process.argv.slice(1)) connect(port);
function connect(port) {
  const socket = require("node:net").connect(port, "127.0.0.1", () => socket.destroy());
  socket.on("error", () => setTimeout(connect, 20, port));
}`;
const NOBODY = 65_532;

/**
 * Holds the registry's login beside the build, which gets at the registry through it alone. It starts before the build and
 * ends after it: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export function registryProxy(
  plan: BuildPlan,
  settings: KanikoSettings,
): { containers: V1Container[]; volumes: V1Volume[] } {
  if (!hasProxy(plan, settings)) return { containers: [], volumes: [] };
  const certificates = registryCertificates(settings);
  const fileOf = (host: string) => certificates.find((each) => each.host === host)?.file;
  const proxyPlan: ProxyPlan = {
    registries: planRegistryAccess(plan, settings).proxied.map((registry) => {
      const ca = fileOf(registry.host);
      return ca === undefined ? registry : { ...registry, ca };
    }),
    loginFile: `${LOGIN_FOLDER}/config.json`,
    addressFile: `${STATE_FOLDER}/addresses.json`,
  };
  const ports = proxyPlan.registries.map(({ port }) => String(port));
  const container: V1Container = {
    name: PROXY_CONTAINER,
    image: settings.proxyImage ?? "",
    imagePullPolicy: "IfNotPresent",
    restartPolicy: "Always",
    command: COMMAND,
    env: [{ name: "PUSHWRIGHT_PROXY_PLAN", value: literal(JSON.stringify(proxyPlan)) }],
    // The build starts when this has ended; probes would ask the pod's own address, where nothing listens.
    lifecycle: { postStart: { exec: { command: ["node", "-e", WAIT, ...ports] } } },
    resources: { requests: { cpu: "100m", memory: "96Mi" }, limits: { cpu: "1", memory: "256Mi" } },
    securityContext: {
      runAsUser: NOBODY,
      runAsGroup: NOBODY,
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    terminationMessagePolicy: "FallbackToLogsOnError",
    volumeMounts: [
      { name: LOGIN_VOLUME, mountPath: LOGIN_FOLDER, readOnly: true },
      { name: STATE_VOLUME, mountPath: STATE_FOLDER },
      ...(certificates.length === 0 ? [] : [CERTIFICATE_MOUNT]),
    ],
  };
  return { containers: [container], volumes: [{ name: STATE_VOLUME, emptyDir: { sizeLimit: "1Mi" } }] };
}
