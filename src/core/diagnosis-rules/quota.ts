import { quantityValue } from "../quantity.ts";

export type QuotaRow = { resource: string; asked: string; used: string; limit: string };

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go */
const EXCEEDED =
  /exceeded quota: ([\w.-]{1,253}), requested: ([^\s]{1,2000}), used: ([^\s]{1,2000}), limited: ([^\s]{1,2000})/;

/** The quota that a refusal names, and what of it was exceeded. */
export function parseQuota(words: string): { name: string; rows: QuotaRow[] } | undefined {
  const [, name, asked = "", used = "", limit = ""] = EXCEEDED.exec(words) ?? [];
  if (name === undefined) return undefined;
  const [usedBy, limitOf] = [used, limit].map((list) => new Map(pairsOf(list)));
  const rows = pairsOf(asked).map(([resource, amount]) => ({
    resource,
    asked: amount,
    used: usedBy?.get(resource) ?? "?",
    limit: limitOf?.get(resource) ?? "?",
  }));
  return { name, rows };
}

/** Whether it asks for more than the whole quota: waiting for others to end does not help. */
export function isBeyondQuota({ rows }: { rows: QuotaRow[] }): boolean {
  return rows.some(({ asked, limit }) => quantityValue(asked) > quantityValue(limit));
}

/** `limits.memory=2Gi,requests.cpu=500m` */
function pairsOf(list: string): [string, string][] {
  return list.split(",").map((pair) => {
    const at = pair.lastIndexOf("=");
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
}
