import { parseArgs } from "node:util";

export const USAGE = `Usage: npm run demo
       npm run demo -- --context NAME [more options]

Shows Pushwright's main job: a push to a sample repository becomes an image that runs in Kubernetes.
Without --context it brings up a cluster of its own (Linux, root).

  --forge NAME            what the sample is pushed to: github (a stand-in for it) or gitea (a real one)
  --context NAME          use your own cluster: kind, k3d, minikube, or any other context of your kubeconfig
  --namespace NAME        where everything runs; made by the demo and removed at its end (pushwright-demo)
  --base-image IMAGE      what the sample is built from: a shell and busybox's httpd
  --kaniko-image IMAGE    the Kaniko executor
  --registry-image IMAGE  the registry that is put into your own cluster

  --once                  end after the first build, also in a terminal
  --stay                  wait for more pushes, also outside a terminal
  --json                  end after the first build; the last line of stdout is the result, the rest goes to stderr
  --keep-cluster          leave the demo's own cluster running at the end
  --help                  this text
`;

const OPTIONS = {
  forge: { type: "string", default: "github" },
  context: { type: "string" },
  namespace: { type: "string", default: "pushwright-demo" },
  "base-image": { type: "string" },
  "kaniko-image": { type: "string" },
  "registry-image": { type: "string" },
  once: { type: "boolean", default: false },
  stay: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  "keep-cluster": { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

const FORGES = ["github", "gitea"] as const;

function isForge(name: string): name is (typeof FORGES)[number] {
  return FORGES.some((known) => known === name);
}

export type Options = ReturnType<typeof parseOptions>;

/** Throws, in words for the person at the keyboard, when the options make no sense. */
export function parseOptions(args: string[]) {
  const { values } = parseArgs({ args, options: OPTIONS });
  const { namespace, context, forge } = values;
  if (!isForge(forge)) throw new Error(`--forge ${forge}: expected ${FORGES.join(" or ")}`);
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace))
    throw new Error(`--namespace ${namespace}: expected a name of small letters, digits and dashes`);
  if (values.stay && (values.once || values.json))
    throw new Error("--stay cannot be joined with --once or --json");
  if (context === undefined && values["registry-image"] !== undefined)
    throw new Error("--registry-image needs --context: the demo's own cluster has a registry already");
  if (context !== undefined && values["keep-cluster"])
    throw new Error("--keep-cluster is for the demo's own cluster; yours is never stopped");
  return {
    forge,
    context,
    namespace,
    baseImage: values["base-image"],
    kanikoImage: values["kaniko-image"],
    registryImage: values["registry-image"],
    once: values.once,
    stay: values.stay,
    json: values.json,
    keepCluster: values["keep-cluster"],
    help: values.help,
  };
}
