import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowsImagePath } from "../../../../src/core/policy/allows-image-path.ts";
import { allowsRepository } from "../../../../src/core/policy/allows-repository.ts";
import { completePolicy, type PolicySettings } from "../../../../src/core/policy/complete-policy.ts";
import { mayCommand } from "../../../../src/core/policy/may-command.ts";
import { PolicyFile } from "../../../../src/core/policy/policy-file.ts";
import { secretForBuilds } from "../../../../src/core/policy/secret-for-builds.ts";
import type { Policy } from "../../../../src/core/policy.ts";
import { parseYaml } from "../../../../src/core/yaml-faults/parse-yaml.ts";

const DAY = 24 * 3600;
const settings = {
  concurrency: 10,
  deadline: 3600,
  contextLimit: 2 ** 30,
  cpuRequest: "500m",
  cpuLimit: "1",
  memoryRequest: "512Mi",
  memoryLimit: "2Gi",
  security: "auto",
  cacheTtl: 14 * DAY,
  imageRoots: [],
} satisfies PolicySettings;

function policyOf(text: string, changes: Partial<PolicySettings> = {}): Policy {
  const parsed = parseYaml(text, PolicyFile);
  if ("faults" in parsed) throw new Error(JSON.stringify(parsed.faults));
  const completed = completePolicy(parsed.value, { ...settings, ...changes });
  if ("faults" in completed) throw new Error(completed.faults.join("\n"));
  return completed.policy;
}

function faultsOf(text: string): string[] {
  const parsed = parseYaml(text, PolicyFile);
  if ("faults" in parsed)
    return parsed.faults.map((fault) => `${fault.line}:${fault.column} ${fault.message}`);
  const completed = completePolicy(parsed.value, settings);
  return "faults" in completed ? completed.faults : [];
}

const shop = { forge: "github", host: "github.com", owner: "acme", name: "shop" } as const;

describe("core/policy: the file", () => {
  it("needs nothing: every repository may build, under its own name, within the settings' limits", () => {
    expect(policyOf("")).toEqual({
      repositories: { allow: ["**"], deny: [] },
      images: [],
      bases: [],
      imageRoots: [],
      limits: {
        concurrency: 10,
        concurrencyPerRepository: 3,
        contextBytes: 2 ** 30,
        deadlineSeconds: 3600,
        cpu: { request: "500m", limit: "1" },
        memory: { request: "512Mi", limit: "2Gi" },
      },
      placement: { nodeSelector: {}, tolerations: [] },
      classes: {},
      verify: {
        isAllowed: true,
        timeoutSeconds: 600,
        cpu: { request: "100m", limit: "1" },
        memory: { request: "128Mi", limit: "512Mi" },
      },
      security: "auto",
      capabilities: [],
      secrets: {},
      permissions: { commands: "write", approve: "write" },
      forks: "approval",
      cache: true,
      cacheTtlSeconds: 14 * DAY,
      cleanUp: {
        ...{ keepPerBranch: 10, keepDays: 30, keepGitTags: true },
        ...{ repositories: ["**"], namespaces: [], delete: false },
      },
    });
  });

  it("has the last word where a setting says something too", () => {
    const policy = policyOf(`
limits:
  concurrency: 20
  concurrencyPerRepository: 5
  context: 500M
  deadline: 90
  cpu: { request: 1, limit: 2.5 }
  memory: { limit: 4Gi }
security: isolated
capabilities: [SETFCAP, FSETID]
verify: { allow: false, timeout: 5m, memory: { limit: 1Gi } }
cache: false
cacheTtl: 12h
`);
    expect(policy.limits).toEqual({
      concurrency: 20,
      concurrencyPerRepository: 5,
      contextBytes: 500e6,
      deadlineSeconds: 90,
      cpu: { request: "1", limit: "2.5" },
      memory: { request: "512Mi", limit: "4Gi" },
    });
    expect(policy).toMatchObject({
      security: "isolated",
      capabilities: ["SETFCAP", "FSETID"],
      verify: { isAllowed: false, timeoutSeconds: 300, memory: { request: "128Mi", limit: "1Gi" } },
      cache: false,
      cacheTtlSeconds: 12 * 3600,
    });
  });

  it("says which old images go, and how often that is seen to", () => {
    const text = `
cleanUp:
  keepPerBranch: 3
  keepDays: 0
  keepGitTags: false
  repositories: ["acme/*"]
  namespaces: [shop, shop-staging]
  every: 12h
  delete: true
`;
    expect(policyOf(text).cleanUp).toEqual({
      ...{ keepPerBranch: 3, keepDays: 0, keepGitTags: false, repositories: ["acme/*"] },
      ...{ namespaces: ["shop", "shop-staging"], everySeconds: 12 * 3600, delete: true },
    });
    for (const fault of [
      "keepPerBranch: 0",
      "keepDays: -1",
      "namespaces: [A_B]",
      "every: 5",
      "every: 21d",
      "delete: perhaps",
    ])
      expect(faultsOf(`cleanUp: { ${fault} }`)).toHaveLength(1);
  });

  it("has kinds of builds, with what holds for all where one does not say it", () => {
    const policy = policyOf(`
placement: { nodeSelector: { pool: builds }, tolerations: [{ operator: Exists }], priorityClass: low }
classes:
  large:
    repositories: [acme/*]
    cpu: { limit: 8 }
    nodeSelector: { example.com/pool: large, spot: true }
    tolerations: [{ key: spot, value: true, effect: NoSchedule }]
`);
    expect(policy.placement).toEqual({
      nodeSelector: { pool: "builds" },
      tolerations: [{ operator: "Exists" }],
      priorityClass: "low",
    });
    expect(policy.classes).toEqual({
      large: {
        repositories: ["acme/*"],
        cpu: { request: "500m", limit: "8" },
        memory: { request: "512Mi", limit: "2Gi" },
        placement: {
          nodeSelector: { "example.com/pool": "large", spot: "true" },
          tolerations: [{ key: "spot", value: "true", effect: "NoSchedule" }],
        },
      },
    });
  });

  it.each([
    [10, undefined, 3],
    [2, undefined, 2],
    [1, undefined, 1],
    [10, 8, 8],
    [4, 8, 4],
  ])("of %d builds in all and %s per repository, lets %d of one repository run", (all, written, expected) => {
    const text = `limits: { concurrency: ${all}${written === undefined ? "" : `, concurrencyPerRepository: ${written}`} }`;
    expect(policyOf(text).limits.concurrencyPerRepository).toBe(expected);
  });

  it("tells all faults at once, each with its line and column", () => {
    const text = `
repositores: {}
limits:
  deadline: soon
  concurrency: 0
  cpus: {}
permissions: { approve: read }
forks: sometimes
`;
    expect(faultsOf(text)).toEqual([
      "2:1 there is no `repositores`: did you mean `repositories`?",
      "4:13 `limits.deadline`: expected a time such as 90s, 15m or 1h30m, found `soon`",
      "5:16 `limits.concurrency`: expected a whole number from 1 on, found `0`",
      expect.stringMatching(/^6:3 there is no `limits\.cpus`/),
      "7:25 `permissions.approve`: expected `triage` or `write` or `maintain` or `admin`, found `read`",
      "8:8 `forks`: expected `approval` or `never`, found `sometimes`",
    ]);
  });

  it.each([
    ["repositories: { deny: [evil-org] }", /expected owner\/name/],
    ['repositories: { allow: ["*"] }', /expected owner\/name/],
    ['repositories: { allow: ["acme/[a"] }', /`\[` is not closed/],
    ["images: [{ repositories: [], paths: [a] }]", /expected at least one pattern/],
    ['images: [{ repositories: ["acme/*"], paths: [] }]', /expected at least one pattern/],
    ["secrets: { npm: { repositories: [], secret: { name: a, key: b } } }", /at least one pattern/],
    ['secrets: { npm: { repositories: ["**"], secret: { name: A_B, key: b } } }', /Secret's name/],
    ['secrets: { npm: { repositories: ["**"], secret: { name: a, key: a/b } } }', /key of a Secret/],
    ['secrets: { npm: { repositories: ["**"], secret: { name: a, kee: a } } }', /did you mean `key`/],
    ["secrets: { 'a b': { repositories: [\"**\"], secret: { name: a, key: a } } }", /`a b` is no fit name/],
    ["limits: { concurrency: 1.5 }", /expected a whole number from 1 on, found `1\.5`/],
    ["cacheTtl: 0d", /`cacheTtl`: expected more than no time/],
    ["cacheTtl: 1w", /`cacheTtl`: expected hours or days such as 12h or 14d, found `1w`/],
    ["cacheTtl: 366d", /`cacheTtl`: expected at most a year/],
    ["security: none", /`security`: expected `auto` or `isolated`/],
    ["capabilities: [SYS_ADMIN]", /`capabilities\[0\]`/],
    ["cache: perhaps", /`cache`: expected true or false, found `perhaps`/],
    ["permissions: { commands: none }", /expected `read` or/],
    ["limits: { cpu: { limit: 250m } }", /limits\.cpu: the request \(500m\) is above the limit \(250m\)/],
    ["limits: { memory: { request: 3G } }", /limits\.memory: the request \(3G\) is above the limit \(2Gi\)/],
  ])("refuses %s", (text, reason) => {
    expect(faultsOf(text)).toContainEqual(expect.stringMatching(reason));
  });
});

describe("core/policy: which repositories may build", () => {
  it.each([
    ["", true],
    ["repositories: { allow: [acme/*] }", true],
    ["repositories: { allow: [ACME/Shop] }", true],
    ["repositories: { allow: [acme/web, other/*] }", false],
    ["repositories: { allow: [] }", false],
    ["repositories: { deny: [acme/*] }", false],
    ["repositories: { deny: [acme/sh?p] }", false],
    ["repositories: { allow: [acme/shop], deny: [acme/*] }", false],
    ["repositories: { allow: [acme/*, '!acme/shop'] }", false],
    ["repositories: { deny: [acme/*, '!acme/shop'] }", true],
    ["repositories: { allow: [//github.com/acme/*] }", true],
    ["repositories: { allow: [//GitHub.com/acme/shop] }", true],
    ["repositories: { allow: [//gitlab.com/acme/*] }", false],
    ["repositories: { allow: ['**', '!//github.com/**'] }", false],
    ["repositories: { allow: ['*/acme/*', '*/*/*/*/*'] }", false],
    ["repositories: { deny: [//*/acme/*] }", false],
  ])("%j lets acme/shop build: %j", (text, allowed) => {
    expect(allowsRepository(policyOf(text), shop) === true).toBe(allowed);
    expect(allowsRepository(policyOf(text), { ...shop, owner: "Acme", name: "SHOP" }) === true).toBe(allowed);
  });
});

describe("core/policy: who may give commands", () => {
  const policy = policyOf("permissions: { commands: triage, approve: maintain }");

  it.each([
    ["build", "triage", true],
    ["build", "admin", true],
    ["cancel", "write", true],
    [
      "promote",
      "read",
      "`/promote` needs the permission `triage` or more in this repository, and `eve` has only `read`",
    ],
    ["ok-to-build", "maintain", true],
    [
      "ok-to-build",
      "write",
      "`/ok-to-build` needs the permission `maintain` or more in this repository, and `eve` has only `write`",
    ],
    [
      "rebuild",
      "none",
      "`/rebuild` needs the permission `triage` or more in this repository, and `eve` has no permission",
    ],
    ["help", "none", true],
    ["status", "read", true],
    ["why", "read", true],
  ] as const)("/%s with the permission %s: %s", (kind, permission, expected) => {
    expect(mayCommand(policy, kind, "eve", permission)).toBe(expected);
  });
});

describe("core/policy: where images may go", () => {
  const more = "images: [{ repositories: [acme/*], paths: [base/**, 'tools/{lint,fmt}'] }]";

  it.each([
    ["", "acme/shop", true],
    ["", "acme/shop/api", true],
    ["", "acme/shopping", false],
    ["", "acme/shop-api", false],
    ["", "acme", false],
    ["", "base/node", false],
    [more, "base/node/20", true],
    [more, "base", false],
    [more, "tools/fmt", true],
    [more, "tools/fmt/x", false],
    [more, "other/shop", false],
    ["images: [{ repositories: [other/*], paths: [base/**] }]", "base/node", false],
    ["images: [{ repositories: ['**'], paths: ['**'] }]", "base/node", true],
  ])("%j lets images of acme/shop go to %s: %j", (text, imagePath, allowed) => {
    expect(allowsImagePath(policyOf(text), shop, imagePath)).toBe(allowed);
  });

  it("lets no repository write to another's place unless the policy says so", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
    fc.assert(
      fc.property(name, name, name, (owner, one, other) => {
        fc.pre(one.toLowerCase() !== other.toLowerCase());
        const place = `${owner}/${other}`.toLowerCase();
        const repository = { ...shop, owner, name: one };
        const ownPlace = `${owner}/${one}`.toLowerCase();
        fc.pre(!place.startsWith(`${ownPlace}/`));
        expect(allowsImagePath(policyOf(""), repository, place)).toBe(false);
      }),
    );
  });
});

describe("core/policy: which secrets builds may have", () => {
  const policy = policyOf("secrets: { npm: { repositories: [acme/*], secret: { name: npm, key: token } } }");

  it("are those of the repository", () => {
    expect(secretForBuilds(policy, shop, "npm")).toEqual({ name: "npm", key: "token" });
    expect(secretForBuilds(policy, { ...shop, owner: "eve" }, "npm")).toBeUndefined();
    expect(secretForBuilds(policy, shop, "pip")).toBeUndefined();
  });

  it.each(["constructor", "__proto__", "toString", "hasOwnProperty"])(
    "are never what every object has: %s",
    (name) => {
      expect(secretForBuilds(policy, shop, name)).toBeUndefined();
    },
  );
});
