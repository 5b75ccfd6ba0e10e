/** All that the bot does in the builds' namespace: charts/pushwright/templates/access.yaml grants the same. */
export const CLUSTER_RIGHTS: { group: string; resource: string; verbs: string[] }[] = [
  { group: "batch", resource: "jobs", verbs: ["create", "get", "list", "watch", "patch", "delete"] },
  { group: "", resource: "pods", verbs: ["list", "watch", "delete"] },
  { group: "", resource: "pods/attach", verbs: ["create", "get"] },
  { group: "", resource: "pods/log", verbs: ["get"] },
  { group: "", resource: "events", verbs: ["list"] },
];
