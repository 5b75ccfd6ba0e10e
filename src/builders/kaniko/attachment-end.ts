/**
 * How an attachment ended. `refused`: the container could not be attached to, nothing reached it.
 * `container-ended`: its output is complete. `broken`: anything may have reached it.
 */
export type AttachmentEnd =
  | { kind: "refused"; message: string; status?: number }
  | { kind: "container-ended" }
  | { kind: "broken"; message: string };

// https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/kubelet/kubelet_pods.go (GetAttach)
// https://github.com/containerd/containerd/blob/v2.1.9/internal/cri/server/container_attach.go
const NOT_YET =
  /unable to upgrade connection|container \S+ not found in pod|is in CONTAINER_\w+ state|error dialing backend/;

/** The API server opens the WebSocket before it asks the node: the node's refusal comes as a first status. */
export function endOfStatus(statusText: string): AttachmentEnd {
  const { status, message = statusText } = parseStatus(statusText);
  if (status === "Success") return { kind: "container-ended" };
  return { kind: NOT_YET.test(message) ? "refused" : "broken", message };
}

/** The API server's own refusal, before there is a WebSocket. */
export function endOfAnswer(status: number, body: string): AttachmentEnd {
  return { kind: "refused", status, message: parseStatus(body).message ?? body.slice(0, 500) };
}

function parseStatus(text: string): { status?: string; message?: string } {
  try {
    return JSON.parse(text) as { status?: string; message?: string };
  } catch {
    return {};
  }
}
