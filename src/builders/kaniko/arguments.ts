import type { BuildPlan } from "../builder.ts";
import type { KanikoSettings } from "./settings.ts";

export const DIGEST_FILE = "/dev/termination-log";
export const REGISTRY_CA_FOLDER = "/kaniko/registry-ca";
export const REGISTRY_CA_FILE = "ca.pem";

/** https://github.com/GoogleContainerTools/kaniko/tree/v1.24.0#additional-flags */
export function kanikoArguments(plan: BuildPlan, settings: KanikoSettings): string[] {
  const { registryCa } = settings;
  return [
    "--context=tar://stdin",
    // Kaniko would download what looks like a URL.
    `--dockerfile=./${plan.dockerfile}`,
    ...plan.destinations.map((destination) => `--destination=${destination}`),
    ...Object.entries(plan.imageLabels).map(([key, value]) => `--label=${key}=${value}`),
    `--digest-file=${DIGEST_FILE}`,
    "--log-format=json",
    ...settings.insecureRegistries.map((host) => `--insecure-registry=${host}`),
    ...(registryCa
      ? [`--registry-certificate=${registryCa.host}=${REGISTRY_CA_FOLDER}/${REGISTRY_CA_FILE}`]
      : []),
  ].map(literal);
}

/** Kubernetes would replace `$(NAME)`: https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/ */
function literal(argument: string): string {
  return argument.replaceAll("$", "$$$$");
}
