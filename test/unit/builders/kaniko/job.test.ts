import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BuildPlan } from "../../../../src/builders/builder.ts";
import { kanikoJob } from "../../../../src/builders/kaniko/job.ts";
import { kanikoJobNameOf, labelValue } from "../../../../src/builders/kaniko/names.ts";
import type { KanikoSettings } from "../../../../src/builders/kaniko/settings.ts";
import type { Capability } from "../../../../src/core/capability.ts";
import { SECURITY_PROFILES, type SecurityProfile } from "../../../../src/core/security-profile.ts";
import { plan, settings } from "./plan.ts";

const planned = (changes: Partial<BuildPlan>, more: Partial<KanikoSettings> = {}) =>
  kanikoJob({ ...plan, ...changes }, { ...settings, ...more }, "standard", "me");
const argsOf = (...args: Parameters<typeof planned>) =>
  planned(...args).spec?.template.spec?.containers[0]?.args ?? [];

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/third_party/forked/golang/expansion/expand.go, in short. */
function expand(argument: string, variables: Record<string, string>): string {
  return argument.replace(/\$(\$|\((\w+)\))/g, (whole, what, name) =>
    what === "$" ? "$" : (variables[name] ?? whole),
  );
}

const jobOf = (changes = {}, profile: SecurityProfile = "standard") =>
  kanikoJob(plan, { ...settings, ...changes }, profile, "me");
const podOf = (...args: Parameters<typeof jobOf>) => jobOf(...args).spec?.template.spec;
const containerOf = (...args: Parameters<typeof jobOf>) => podOf(...args)?.containers[0];

describe("a build's Job", () => {
  it("is named and labelled by what it builds", () => {
    const { metadata, spec } = jobOf({ labels: { team: "one", "pushwright.dev/build": "mine" } });
    expect(metadata).toMatchObject({ name: "pushwright-0123456789abcdef01234567-2", namespace: "builds" });
    for (const { labels, annotations } of [metadata ?? {}, spec?.template.metadata ?? {}]) {
      expect(labels).toEqual({
        team: "one",
        "app.kubernetes.io/managed-by": "pushwright",
        "pushwright.dev/build": plan.buildId,
        "pushwright.dev/try": "2",
        "pushwright.dev/repository": "Acme-.github",
        "pushwright.dev/trust": "trusted",
      });
      expect(annotations).toMatchObject({
        "pushwright.dev/repository": "Acme/.github",
        "pushwright.dev/commit": plan.commit,
      });
      expect(kanikoJobNameOf(labels)).toBe(metadata?.name);
    }
    expect(metadata?.annotations?.["pushwright.dev/starter"]).toBe("me");
  });

  it("runs once, for a bounded time, with bounded resources, and goes away by itself", () => {
    expect(jobOf().spec).toMatchObject({
      backoffLimit: 0,
      activeDeadlineSeconds: 600,
      ttlSecondsAfterFinished: 3600,
      template: { spec: { restartPolicy: "Never" } },
    });
    expect(containerOf()?.resources).toEqual({
      requests: { cpu: "500m", memory: "512Mi" },
      limits: { cpu: "1", memory: "2Gi" },
    });
  });

  it("has the share of a node, and the place, of its plan, or else those of the settings", () => {
    const usual = { nodeSelector: { pool: "builds" }, tolerations: [] };
    expect(podOf()).not.toHaveProperty("nodeSelector");
    expect(podOf({ placement: usual })).toMatchObject({ nodeSelector: { pool: "builds" } });
    const own = planned(
      {
        resources: { cpu: { request: "1", limit: "2" }, memory: { request: "1Gi", limit: "4Gi" } },
        placement: {
          nodeSelector: { pool: "large" },
          tolerations: [{ key: "spot", operator: "Exists", value: undefined }],
          priorityClass: "low",
        },
      },
      { placement: usual },
    );
    expect(own.spec?.template.spec).toMatchObject({
      nodeSelector: { pool: "large" },
      tolerations: [{ key: "spot", operator: "Exists" }],
      priorityClassName: "low",
      containers: [
        { resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "2", memory: "4Gi" } } },
      ],
    });
  });

  it("takes no longer than the settings allow, whatever its plan says", () => {
    expect(jobOf({ deadlineSeconds: 60 }).spec?.activeDeadlineSeconds).toBe(60);
  });

  it("has no more rights than it needs", () => {
    expect(podOf()).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    });
    expect(containerOf()?.securityContext).toMatchObject({
      privileged: false,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"], add: ["CHOWN", "SETUID", "SETGID", "FOWNER", "DAC_OVERRIDE"] },
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(podOf()).not.toHaveProperty("hostUsers");
    expect(podOf({}, "isolated")?.hostUsers).toBe(false);
    expect(containerOf({}, "isolated")?.securityContext).toEqual(containerOf()?.securityContext);
  });

  it("may do less, more, or all, as its profile and the operator say", () => {
    const added = (profile: SecurityProfile, capabilities?: Capability[]) =>
      containerOf({ capabilities }, profile)?.securityContext?.capabilities?.add;
    expect(added("minimal")).toEqual(["CHOWN", "SETUID", "SETGID", "FOWNER"]);
    expect(added("minimal", ["SETFCAP", "CHOWN"])).toEqual([
      "CHOWN",
      "SETUID",
      "SETGID",
      "FOWNER",
      "SETFCAP",
    ]);
    expect(podOf({}, "minimal")).not.toHaveProperty("hostUsers");
    expect(containerOf({ capabilities: ["KILL"] }, "privileged")?.securityContext).toEqual({
      runAsUser: 0,
      privileged: true,
    });
    expect(podOf({}, "privileged")).not.toHaveProperty("securityContext");
    expect(podOf({}, "privileged")?.automountServiceAccountToken).toBe(false);
  });

  it.each(SECURITY_PROFILES)("says that it runs as %s", (profile) => {
    const { metadata, spec } = jobOf({}, profile);
    for (const { annotations } of [metadata ?? {}, spec?.template.metadata ?? {}])
      expect(annotations?.["pushwright.dev/security-profile"]).toBe(profile);
  });

  it("takes its context from stdin, once, and tells the digest in the termination message", () => {
    expect(containerOf()).toMatchObject({ stdin: true, stdinOnce: true, imagePullPolicy: "IfNotPresent" });
    expect(containerOf({ registries: [{ host: "registry.test:5000", insecure: true }] })?.args).toEqual([
      "--context=tar://stdin",
      "--dockerfile=/kaniko/buildcontext/Dockerfile",
      "--destination=registry.test:5000/acme/shop:1",
      "--destination=registry.test:5000/acme/shop:2",
      "--label=org.example.one=1",
      "--digest-file=/dev/termination-log",
      "--log-format=json",
      "--insecure-registry=registry.test:5000",
    ]);
    expect(podOf()).not.toHaveProperty("volumes");
  });

  it("keeps Kubernetes from reading variables into what people wrote", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const args = argsOf({ imageLabels: { label: text }, args: { NAME: text }, target: text });
        const expanded = args.map((argument) => expand(argument, {}));
        expect(expanded).toEqual(
          expect.arrayContaining([`--label=label=${text}`, `--build-arg=NAME=${text}`, `--target=${text}`]),
        );
      }),
    );
    expect(argsOf({ imageLabels: { price: "$(PATH) $5 $$" } })).toContain("--label=price=$$(PATH) $$5 $$$$");
  });

  it("builds a folder of its context, with a Dockerfile from beside it, up to a stage, for a platform", () => {
    const args = argsOf({ contextFolder: "context", target: "tests", platform: "linux/arm64" });
    expect(args.slice(0, 5)).toEqual([
      "--context=tar://stdin",
      "--context-sub-path=context",
      "--dockerfile=/kaniko/buildcontext/Dockerfile",
      "--target=tests",
      "--custom-platform=linux/arm64",
    ]);
  });

  it.each([
    ["linux/arm/v7", ["arm"]],
    ["linux/amd64", ["amd64"]],
    [undefined, undefined],
    ["what, ever", undefined],
  ])("prefers nodes of the platform %j, and takes others", (platform, values) => {
    const { affinity } = planned(platform === undefined ? {} : { platform }).spec?.template.spec ?? {};
    const [preferred] = affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    expect(preferred?.preference.matchExpressions?.[0]?.values).toEqual(values);
    expect(affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution).toBeUndefined();
  });

  it("gets secrets by reference only, under names that mean nothing to Kaniko", () => {
    const secretArgs = {
      HTTPS_PROXY: { name: "proxy", key: "url" },
      TOKEN: { name: "deploy", key: "token" },
    };
    const container = planned({ secretArgs }).spec?.template.spec?.containers[0];
    expect(container?.env).toEqual([
      { name: "PUSHWRIGHT_SECRET_1", valueFrom: { secretKeyRef: { name: "proxy", key: "url" } } },
      { name: "PUSHWRIGHT_SECRET_2", valueFrom: { secretKeyRef: { name: "deploy", key: "token" } } },
    ]);
    const values = { PUSHWRIGHT_SECRET_1: "http://$(TOKEN)", PUSHWRIGHT_SECRET_2: "a=b $$" };
    expect(container?.args?.slice(-2).map((argument) => expand(argument, values))).toEqual([
      "--build-arg=HTTPS_PROXY=http://$(TOKEN)",
      "--build-arg=TOKEN=a=b $$",
    ]);
  });

  it("uses and fills the cache, layers of COPY included, for as long as the settings say", () => {
    const cacheRepository = "registry.test:5000/cache/acme/shop";
    const cacheFlags = (changes: Partial<BuildPlan>, more: Partial<KanikoSettings> = {}) =>
      argsOf(changes, more).filter((argument) => argument.includes("cach"));
    const flags = [
      "--cache=true",
      `--cache-repo=${cacheRepository}`,
      "--cache-copy-layers=true",
      "--compressed-caching=false",
    ];
    expect(cacheFlags({ cacheRepository })).toEqual(flags);
    expect(cacheFlags({ cacheRepository }, { cacheTtlSeconds: 3600 })).toEqual([
      ...flags,
      "--cache-ttl=3600s",
    ]);
    expect(cacheFlags({})).toEqual([]);
  });

  it("that is untrusted says so, pushes nothing, writes no cache and has no login", () => {
    const changes = { isTrusted: false, destinations: [], cacheRepository: "registry.test:5000/cache" };
    const job = planned(changes, {
      registrySecret: "login",
      proxyImage: "bot:1",
      registries: [{ host: "registry.test:5000", insecure: true, login: true }],
    });
    const { metadata, spec } = job.spec?.template ?? {};
    expect([job.metadata, metadata].map((each) => each?.labels?.["pushwright.dev/trust"])).toEqual([
      "untrusted",
      "untrusted",
    ]);
    expect(spec?.containers[0]?.args).toEqual(
      expect.arrayContaining(["--no-push", "--no-push-cache", "--insecure-registry=registry.test:5000"]),
    );
    expect(spec?.containers[0]?.args?.join()).not.toContain("--destination");
    expect(spec?.volumes).toBeUndefined();
    expect(spec?.initContainers).toBeUndefined();
    expect(spec?.containers[0]?.env).toBeUndefined();
  });

  it("carries the private certificate authorities of registries in annotations", () => {
    const job = jobOf({
      registries: [
        { host: "registry.test:5000", ca: "PEM" },
        { host: "plain.test" },
        { host: "other.test", ca: "PEM 2" },
      ],
    });
    expect(job.spec?.template.metadata?.annotations).toMatchObject({
      "pushwright.dev/registry-ca-0": "PEM",
      "pushwright.dev/registry-ca-2": "PEM 2",
    });
    const item = (index: number) => ({
      path: `${index}.pem`,
      fieldRef: { fieldPath: `metadata.annotations['pushwright.dev/registry-ca-${index}']` },
    });
    expect(job.spec?.template.spec).toMatchObject({
      volumes: [{ name: "registry-ca", downwardAPI: { items: [item(0), item(2)] } }],
      containers: [
        {
          args: expect.arrayContaining([
            "--registry-certificate=registry.test:5000=/kaniko/registry-ca/0.pem",
            "--registry-certificate=other.test=/kaniko/registry-ca/2.pem",
          ]),
          volumeMounts: [{ name: "registry-ca", mountPath: "/kaniko/registry-ca", readOnly: true }],
        },
      ],
    });
  });

  it("logs in to registries with a Secret in its own container where nothing else can hold it", () => {
    expect(podOf({ registrySecret: "login" })).toMatchObject({
      volumes: [
        { secret: { secretName: "login", items: [{ key: ".dockerconfigjson", path: "config.json" }] } },
      ],
      containers: [{ volumeMounts: [{ mountPath: "/kaniko/.docker", readOnly: true }] }],
    });
  });

  it("has a proxy hold its login, which may do for it what its plan says", () => {
    const cacheRepository = "registry.test:5000/acme/shop/pushwright-cache";
    const spec = planned(
      { cacheRepository, readable: ["acme/shop/**"] },
      {
        registrySecret: "login",
        proxyImage: "bot:1",
        registries: [
          { host: "registry.test:5000", ca: "PEM", login: true },
          { host: "docker.io", mirrors: ["mirror.test/hub", "other.test"] },
          { host: "mirror.test", insecure: true, login: true },
        ],
        mirrorsOnly: true,
      },
    ).spec?.template.spec;
    const [build] = spec?.containers ?? [];
    const [proxy] = spec?.initContainers ?? [];
    expect(build?.volumeMounts?.map(({ name }) => name)).toEqual(["registry-ca"]);
    expect(build?.args?.filter((argument) => /registry|destination|cache-repo/.test(argument))).toEqual([
      "--destination=127.0.0.1:46117/acme/shop:1",
      "--destination=127.0.0.1:46117/acme/shop:2",
      "--cache-repo=127.0.0.1:46117/acme/shop/pushwright-cache",
      "--insecure-registry=mirror.test",
      "--insecure-registry=127.0.0.1:46117",
      "--insecure-registry=127.0.0.1:46118",
      "--registry-certificate=registry.test:5000=/kaniko/registry-ca/0.pem",
      "--registry-map=registry.test:5000=127.0.0.1:46117",
      "--registry-map=index.docker.io=127.0.0.1:46118/hub",
      "--registry-map=index.docker.io=other.test",
      "--registry-map=mirror.test=127.0.0.1:46118",
      "--skip-default-registry-fallback",
    ]);
    expect(proxy).toMatchObject({
      image: "bot:1",
      restartPolicy: "Always",
      securityContext: { runAsNonRoot: true, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: true },
    });
    expect(JSON.parse(proxy?.env?.[0]?.value ?? "")).toMatchObject({
      registries: [
        {
          port: 46117,
          host: "registry.test:5000",
          insecure: false,
          ca: "/kaniko/registry-ca/0.pem",
          images: [
            { repository: "acme/shop", imageTag: "1" },
            { repository: "acme/shop", imageTag: "2" },
          ],
          cache: "acme/shop/pushwright-cache",
          readable: ["acme/shop/**"],
        },
        { port: 46118, host: "mirror.test", insecure: true, images: [], readable: ["**"] },
      ],
    });
  });
});

describe("a label's value", () => {
  it.each([
    ["acme/shop", "acme-shop"],
    [".github/_x-", "github-_x"],
    ["ä/ö", ""],
    [`a/${"b".repeat(61)}/c`, `a-${"b".repeat(61)}`],
  ])("of %s", (text, value) => {
    expect(labelValue(text)).toBe(value);
  });
});
