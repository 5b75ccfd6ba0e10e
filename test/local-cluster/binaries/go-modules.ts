export type GoModule = {
  /** The folder under `modules/`, whose go.mod and go.sum pin the version. */
  name: string;
  version: string;
  cgo?: boolean;
  tags?: string;
  /** Values that the project's own release build sets with the linker's -X. */
  variables?: Readonly<Record<string, string>>;
  /** The module's path, where its programs read `data` of it: folders that are put beside them. */
  path?: string;
  data?: readonly string[];
};

const kubernetes = { gitVersion: "v1.34.4", gitMajor: "1", gitMinor: "34" };

/** What the cluster is built of, in the order in which it is built. */
export const goModules = {
  etcd: { name: "etcd", version: "v3.6.4" },
  containerd: {
    name: "containerd",
    version: "v2.1.9",
    variables: { "github.com/containerd/containerd/v2/version.Version": "v2.1.9" },
  },
  // Without seccomp, every pod with a seccomp profile fails, and RuntimeDefault is what Pod Security asks for.
  runc: { name: "runc", version: "v1.3.4", cgo: true, tags: "seccomp" },
  coredns: { name: "coredns", version: "v1.12.4" },
  kaniko: {
    name: "kaniko",
    version: "v1.24.0",
    variables: { "github.com/GoogleContainerTools/kaniko/pkg/version.version": "v1.24.0" },
  },
  kubernetes: {
    name: "kubernetes",
    version: kubernetes.gitVersion,
    variables: Object.fromEntries(
      ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((path) =>
        Object.entries(kubernetes).map(([name, value]) => [`${path}.${name}`, value]),
      ),
    ),
  },
} as const satisfies Record<string, GoModule>;

/** The executor of the project's first study: builds are tested with it as well. */
export const oldKanikoModule: GoModule = {
  name: "kaniko-1.9.1",
  version: "v1.9.1",
  variables: { "github.com/GoogleContainerTools/kaniko/pkg/version.version": "v1.9.1" },
};

/** A forge for the tests. The browser's scripts, which are no part of the module, are not needed for its API and Git. */
export const giteaModule: GoModule = {
  name: "gitea",
  version: "v1.24.6",
  cgo: true,
  tags: "sqlite,sqlite_unlock_notify",
  variables: { "main.Version": "1.24.6" },
  path: "code.gitea.io/gitea",
  data: ["templates", "options", "public"],
};

/** What measures pods, for the test of what is told of it. */
export const metricsServerModule: GoModule = { name: "metrics-server", version: "v0.8.0" };

/** The command line after `go build`, but for where the result goes. It takes part in the cache's key. */
export function goBuildFlags(module: GoModule): string[] {
  const variables = Object.entries(module.variables ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  const tags = module.tags ? [`-tags=${module.tags}`] : [];
  return ["-buildvcs=false", "-trimpath", ...tags, `-ldflags=${["-s -w", ...variables].join(" ")}`];
}
