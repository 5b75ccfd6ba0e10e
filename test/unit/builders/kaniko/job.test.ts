import { describe, expect, it } from "vitest";
import { kanikoJob } from "../../../../src/builders/kaniko/job.ts";
import { kanikoJobNameOf, labelValue } from "../../../../src/builders/kaniko/names.ts";
import { plan, settings } from "./plan.ts";

const jobOf = (changes = {}, profile: "isolated" | "standard" = "standard") =>
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
      activeDeadlineSeconds: 3600,
      ttlSecondsAfterFinished: 3600,
      template: { spec: { restartPolicy: "Never" } },
    });
    expect(containerOf()?.resources).toEqual({
      requests: { cpu: "500m", memory: "512Mi" },
      limits: { cpu: "1", memory: "2Gi" },
    });
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

  it("takes its context from stdin, once, and tells the digest in the termination message", () => {
    expect(containerOf()).toMatchObject({ stdin: true, stdinOnce: true, imagePullPolicy: "IfNotPresent" });
    expect(containerOf({ insecureRegistries: ["registry.test:5000"] })?.args).toEqual([
      "--context=tar://stdin",
      "--dockerfile=./Dockerfile",
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
    const odd = { ...plan, imageLabels: { price: "$(PATH) $5 $$" } };
    const args = kanikoJob(odd, settings, "standard", "me").spec?.template.spec?.containers[0]?.args;
    expect(args).toContain("--label=price=$$(PATH) $$5 $$$$");
  });

  it("carries a private certificate authority in an annotation", () => {
    const job = jobOf({ registryCa: { host: "registry.test:5000", pem: "PEM" } });
    expect(job.spec?.template.metadata?.annotations?.["pushwright.dev/registry-ca"]).toBe("PEM");
    expect(job.spec?.template.spec).toMatchObject({
      volumes: [
        {
          name: "registry-ca",
          downwardAPI: {
            items: [
              {
                path: "ca.pem",
                fieldRef: { fieldPath: "metadata.annotations['pushwright.dev/registry-ca']" },
              },
            ],
          },
        },
      ],
      containers: [
        {
          args: expect.arrayContaining([
            "--registry-certificate=registry.test:5000=/kaniko/registry-ca/ca.pem",
          ]),
          volumeMounts: [{ name: "registry-ca", mountPath: "/kaniko/registry-ca", readOnly: true }],
        },
      ],
    });
  });

  it("logs in to registries with a Secret", () => {
    expect(podOf({ registrySecret: "login" })).toMatchObject({
      volumes: [
        { secret: { secretName: "login", items: [{ key: ".dockerconfigjson", path: "config.json" }] } },
      ],
      containers: [{ volumeMounts: [{ mountPath: "/kaniko/.docker", readOnly: true }] }],
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
