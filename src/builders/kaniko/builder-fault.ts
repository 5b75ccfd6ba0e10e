import { BuildFault } from "../../core/build-fault.ts";
import { diagnoseRefusal, mayPass } from "../../core/diagnosis-rules/refusal.ts";
import { ClusterError } from "./cluster-error.ts";

const OPERATOR = "This is for whoever runs Pushwright here to mend.";

/** The words for a build that the cluster would not even start. */
export function startFault(error: unknown, namespace: string): unknown {
  if (!(error instanceof ClusterError)) return error;
  const fault = (kind: "permanent" | "transient", code: string, title: string, remedy: string) =>
    new BuildFault({ class: kind, code, title, cause: error.message, remedy }, { cause: error });
  if (error.isPassing) {
    return fault(
      "transient",
      "cluster-unreachable",
      "The cluster does not answer",
      "The build is tried again.",
    );
  }
  const refusal = error.status === 403 && !isForbidden(error) ? diagnoseRefusal(error.message) : undefined;
  if (refusal) {
    const kind = mayPass(error.message) ? "transient" : refusal.class;
    return new BuildFault({ ...refusal, class: kind }, { cause: error });
  }
  if (error.status === 404) {
    const remedy = `${OPERATOR} Namespace \`${namespace}\` has to be made, or \`PUSHWRIGHT_NAMESPACE\` has to name another.`;
    return fault(
      "permanent",
      "namespace-missing",
      `Namespace ${namespace} is missing in the cluster`,
      remedy,
    );
  }
  if (error.status === 401 || error.status === 403) {
    const remedy = `${OPERATOR} Its service account needs rights on Jobs, pods, pods/attach, pods/log and events in namespace \`${namespace}\`.`;
    return fault("permanent", "cluster-forbids", "The cluster forbids the build", remedy);
  }
  return fault("permanent", "job-refused", "The cluster refuses the build's Job", OPERATOR);
}

/** Missing rights, in the API server's words: https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go */
function isForbidden({ message }: ClusterError): boolean {
  return /\bUser "[^"]*" cannot \w+ /.test(message);
}

/** A build that must run in a user namespace does not run without one. */
export function noUserNamespaces(doing: string): BuildFault {
  return new BuildFault({
    class: "permanent",
    code: "no-user-namespaces",
    title: "The cluster cannot isolate the build",
    cause: `${doing}: builds have to run in user namespaces here, and the cluster's API server does not know them: it dropped \`hostUsers: false\`.`,
    remedy: `${OPERATOR} User namespaces are on from Kubernetes 1.33. \`PUSHWRIGHT_SECURITY=auto\` builds without them where there are none.`,
  });
}
