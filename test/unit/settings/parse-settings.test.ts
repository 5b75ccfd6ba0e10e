import { describe, expect, it } from "vitest";
import { parseBuildSettings, parseSettings } from "../../../src/settings/parse-settings.ts";

const required = {
  APP_ID: "1",
  PRIVATE_KEY: "key",
  WEBHOOK_SECRET: "secret",
  PUSHWRIGHT_REGISTRY_PUSH: "registry.example.com:5000/team",
};

function faultsOf(env: Record<string, string>, values?: Record<string, unknown>): string[] {
  const parsed = parseSettings({ env, ...(values ? { file: { path: "/etc/pushwright.yml", values } } : {}) });
  return "faults" in parsed ? parsed.faults : [];
}

function settingsOf(env: Record<string, string>, values?: Record<string, unknown>) {
  const parsed = parseSettings({ env, ...(values ? { file: { path: "/etc/pushwright.yml", values } } : {}) });
  if ("faults" in parsed) throw new Error(parsed.faults.join("\n"));
  return parsed.settings;
}

const tools = {
  forge: "gitlab",
  name: "team-tools",
  url: "https://tools.example.com/",
  imagePrefix: "tools",
};
const toolsEnv = {
  PUSHWRIGHT_FORGE_TEAM_TOOLS_TOKEN: "glpat-2",
  PUSHWRIGHT_FORGE_TEAM_TOOLS_WEBHOOK_SECRET: "hook",
};

describe("settings/parse-settings: several forges", () => {
  const gitlab = { PUSHWRIGHT_GITLAB_TOKEN: "glpat-1", PUSHWRIGHT_GITLAB_WEBHOOK_SECRET: "secret" };

  it("are those of the plain settings and those of the list, with secrets from the environment", () => {
    const env = { ...required, ...gitlab, PUSHWRIGHT_GITLAB_IMAGE_PREFIX: "gitlab", ...toolsEnv };
    const { forgeHosts, imageRoots } = settingsOf(env, { forges: [tools] });
    expect(forgeHosts).toEqual([
      {
        forge: "gitlab",
        url: "https://gitlab.com",
        token: "glpat-1",
        webhookSecret: "secret",
        imagePrefix: "gitlab",
      },
      {
        forge: "gitlab",
        name: "team-tools",
        url: "https://tools.example.com",
        token: "glpat-2",
        webhookSecret: "hook",
        imagePrefix: "tools",
      },
    ]);
    expect(imageRoots).toEqual([
      { forge: "github", host: "github.com", prefix: "" },
      { forge: "gitlab", host: "gitlab.com", prefix: "gitlab" },
      { forge: "gitlab", host: "tools.example.com", prefix: "tools" },
    ]);
  });

  it("may be named in the environment as JSON, and need no GitHub beside them", () => {
    const { PUSHWRIGHT_REGISTRY_PUSH } = required;
    const env = { PUSHWRIGHT_REGISTRY_PUSH, ...toolsEnv, PUSHWRIGHT_FORGES: JSON.stringify([tools]) };
    expect(settingsOf(env).forgeHosts).toMatchObject([{ name: "team-tools", token: "glpat-2" }]);
  });

  it.each<[string, Record<string, string>, unknown, string]>([
    ["no token", {}, [tools], "PUSHWRIGHT_FORGE_TEAM_TOOLS_TOKEN: is required"],
    [
      "no secret",
      {},
      [tools],
      "PUSHWRIGHT_FORGE_TEAM_TOOLS_WEBHOOK_SECRET or PUSHWRIGHT_FORGE_TEAM_TOOLS_SIGNING_TOKEN",
    ],
    [
      "a variable that no forge has",
      toolsEnv,
      [],
      "PUSHWRIGHT_FORGE_TEAM_TOOLS_TOKEN: there is no such setting",
    ],
    [
      "a signing token that is none",
      { ...toolsEnv, PUSHWRIGHT_FORGE_TEAM_TOOLS_SIGNING_TOKEN: "whsec_" },
      [tools],
      "PUSHWRIGHT_FORGE_TEAM_TOOLS_SIGNING_TOKEN: expected the signing token",
    ],
    [
      "a signing token for a Gitea",
      { ...toolsEnv, PUSHWRIGHT_FORGE_TEAM_TOOLS_SIGNING_TOKEN: "whsec_AAAA" },
      [{ ...tools, forge: "gitea" }],
      "PUSHWRIGHT_FORGE_TEAM_TOOLS_SIGNING_TOKEN: there is no such setting",
    ],
    [
      "names whose variables are one",
      toolsEnv,
      [tools, { ...tools, name: "team-tools-signing", url: "https://x.example.com", imagePrefix: "x" }],
      "PUSHWRIGHT_FORGE_TEAM_TOOLS_SIGNING_TOKEN would be a secret of two",
    ],
    [
      "a name twice",
      toolsEnv,
      [tools, { ...tools, url: "https://x.example.com", imagePrefix: "x" }],
      "`team-tools` stands there more than once",
    ],
    [
      "a host twice",
      toolsEnv,
      [tools, { ...tools, name: "x", imagePrefix: "x" }],
      "gitlab at tools.example.com is named more than once",
    ],
    ["one place for two", toolsEnv, [{ ...tools, imagePrefix: "" }], "would share names"],
    ["no address", toolsEnv, [{ ...tools, url: "tools" }], "0: url: expected a URL"],
    ["an unknown kind", toolsEnv, [{ ...tools, forge: "bitbucket" }], "0: forge: expected gitlab or gitea"],
    ["a token in the file", toolsEnv, [{ ...tools, token: "glpat-2" }], 'Unrecognized key: "token"'],
    ["no list", toolsEnv, "tools", "expected a list of forges"],
  ])("are refused with %s", (_, env, forges, fault) => {
    expect(faultsOf({ ...required, ...env }, { forges })).toContainEqual(expect.stringContaining(fault));
  });

  it("tell all their faults at once", () => {
    const faults = faultsOf({ ...required, ...gitlab }, { forges: [tools, { ...tools, name: "other" }] });
    expect(faults.filter((fault) => fault.includes("is required"))).toHaveLength(4);
    expect(faults.filter((fault) => fault.includes("would share names"))).toHaveLength(2);
  });
});

describe("settings/parse-settings", () => {
  it("needs four settings and has a default for every other", () => {
    expect(settingsOf(required)).toMatchObject({
      port: 3000,
      registryInsecure: false,
      namespace: "pushwright",
      memoryLimit: "2Gi",
      deadline: 3600,
      contextLimit: 2 ** 30,
      security: "auto",
    });
  });

  it.each([
    [{ PUSHWRIGHT_GITLAB_TOKEN: "glpat-1" }, "PUSHWRIGHT_GITLAB_WEBHOOK_SECRET: is required"],
    [{ PUSHWRIGHT_GITLAB_WEBHOOK_SECRET: "secret" }, "PUSHWRIGHT_GITLAB_TOKEN: is required"],
    [{ PUSHWRIGHT_GITLAB_SIGNING_TOKEN: "whsec_AAAA" }, "PUSHWRIGHT_GITLAB_TOKEN: is required"],
    [{ PUSHWRIGHT_GITLAB_TOKEN: "glpat-1", PUSHWRIGHT_GITLAB_SIGNING_TOKEN: "secret" }, "whsec_"],
  ])("serves GitLab with a token and a secret only: %o", (env, fault) => {
    expect(faultsOf({ ...required, ...env })).toContainEqual(expect.stringContaining(fault));
  });

  it("serves GitLab at gitlab.com, or where it is told to", () => {
    const env = {
      ...required,
      PUSHWRIGHT_GITLAB_TOKEN: "glpat-1",
      PUSHWRIGHT_GITLAB_IMAGE_PREFIX: "gitlab",
      PUSHWRIGHT_GITLAB_WEBHOOK_SECRET: "secret",
    };
    expect(settingsOf(env).gitlabUrl).toBe("https://gitlab.com");
    const own = { ...env, PUSHWRIGHT_GITLAB_URL: "https://example.com/gitlab/" };
    expect(settingsOf(own).gitlabUrl).toBe("https://example.com/gitlab");
  });

  it("tells all faults at once, each with the setting's name and what it is for", () => {
    const faults = faultsOf({ PORT: "http", PUSHWRIGHT_REGISTRY_INSECURE: "yes", REDIS_URL: "nonsense" });
    for (const name of [
      "APP_ID",
      "PRIVATE_KEY",
      "WEBHOOK_SECRET",
      "PUSHWRIGHT_REGISTRY_PUSH",
      "PORT",
      "PUSHWRIGHT_REGISTRY_INSECURE",
      "REDIS_URL",
    ])
      expect(faults).toContainEqual(expect.stringMatching(new RegExp(`^${name}: .+`)));
    expect(faults).toHaveLength(7);
  });

  it("counts an empty variable as none, so that no empty webhook secret can be set", () => {
    expect(faultsOf({ ...required, WEBHOOK_SECRET: "" })).toEqual([
      expect.stringMatching(/^WEBHOOK_SECRET: is required/),
    ]);
  });

  it("wants a Gitea's address, token and secret together, or none of them", () => {
    const url = { PUSHWRIGHT_GITEA_URL: "https://gitea.example.com/" };
    const token = { PUSHWRIGHT_GITEA_TOKEN: "token" };
    const prefix = { PUSHWRIGHT_GITEA_IMAGE_PREFIX: "gitea" };
    const secret = { PUSHWRIGHT_GITEA_WEBHOOK_SECRET: "secret" };
    expect(settingsOf({ ...required, ...url, ...token, ...secret, ...prefix })).toMatchObject({
      giteaUrl: "https://gitea.example.com",
    });
    expect(settingsOf(required)).not.toHaveProperty("giteaUrl", expect.anything());
    expect(faultsOf({ ...required, ...url, ...token, ...prefix })).toEqual([
      expect.stringMatching(/^PUSHWRIGHT_GITEA_WEBHOOK_SECRET: is required/),
    ]);
    expect(faultsOf({ ...required, ...secret })).toEqual([
      expect.stringMatching(/^PUSHWRIGHT_GITEA_URL: is required/),
      expect.stringMatching(/^PUSHWRIGHT_GITEA_TOKEN: is required/),
    ]);
  });

  it("reads the file, and lets the environment overrule it", () => {
    const settings = settingsOf(
      { ...required, PORT: "4000" },
      { port: 5000, deadline: "15m", registryInsecure: true, contextLimit: "2Gi" },
    );
    expect(settings).toMatchObject({
      port: 4000,
      deadline: 900,
      registryInsecure: true,
      contextLimit: 2 ** 31,
    });
  });

  it("places a fault of the file in the file", () => {
    expect(faultsOf(required, { port: "x" })).toEqual([
      expect.stringMatching(/^\/etc\/pushwright\.yml: port: expected a port number/),
    ]);
  });

  it("refuses a secret in the file", () => {
    expect(faultsOf(required, { webhookSecret: "s" })).toEqual([
      expect.stringContaining("must not be in a file; set WEBHOOK_SECRET"),
    ]);
  });

  it.each([
    [{ PUSHWRIGHT_REGISTRY_PUL: "x" }, "Did you mean PUSHWRIGHT_REGISTRY_PULL?"],
    [{ PUSHWRIGHT_NAMESPACES: "x" }, "Did you mean PUSHWRIGHT_NAMESPACE?"],
  ])("refuses the unknown variable %j with a suggestion", (extra, suggestion) => {
    expect(faultsOf({ ...required, ...extra })).toEqual([expect.stringContaining(suggestion)]);
  });

  it("refuses an unknown name in the file with a suggestion", () => {
    expect(faultsOf(required, { namespce: "x" })).toEqual([
      expect.stringContaining("Did you mean namespace?"),
    ]);
  });

  it("refuses two queues", () => {
    const both = { ...required, REDIS_URL: "redis://localhost", DATABASE_URL: "postgres://localhost/x" };
    expect(faultsOf(both)).toEqual([expect.stringContaining("only one of them")]);
  });

  it.each([
    ["90", 90],
    ["90s", 90],
    ["15m", 900],
    ["1h", 3600],
  ])("reads the deadline %s as %d seconds", (text, seconds) => {
    expect(settingsOf({ ...required, PUSHWRIGHT_DEADLINE: text }).deadline).toBe(seconds);
  });

  it.each([
    ["https://pushwright.example.com/", "https://pushwright.example.com"],
    ["http://10.0.0.1:3000/bot//", "http://10.0.0.1:3000/bot"],
  ])("reads the public address %s without its last slash", (url, expected) => {
    expect(settingsOf({ ...required, PUSHWRIGHT_PUBLIC_URL: url }).publicUrl).toBe(expected);
  });

  it.each(["pushwright.example.com", "ftp://pushwright.example.com", "javascript:alert(1)"])(
    "refuses the public address %s",
    (url) => {
      expect(faultsOf({ ...required, PUSHWRIGHT_PUBLIC_URL: url })).toEqual([
        expect.stringMatching(/^PUSHWRIGHT_PUBLIC_URL: expected a URL such as https:/),
      ]);
    },
  );

  it.each(["0", "-1", "1d", "soon", ""])("refuses or ignores the deadline %j", (text) => {
    const faults = faultsOf({ ...required, PUSHWRIGHT_DEADLINE: text });
    expect(faults).toHaveLength(text === "" ? 0 : 1);
  });
});

describe("settings/parse-settings: for builds alone", () => {
  const place = { PUSHWRIGHT_REGISTRY_PUSH: "registry.example.com/team" };

  it("needs no forge, and overlooks what is wrong with one", () => {
    const parsed = parseBuildSettings({ env: { ...place, APP_ID: "1", PORT: "many" } });
    expect(parsed).toMatchObject({
      settings: { registryPush: "registry.example.com/team", namespace: "pushwright" },
    });
  });

  it("tells every fault of what it needs, and what there is no setting of", () => {
    const parsed = parseBuildSettings({
      env: { PUSHWRIGHT_DEADLINE: "soon", PUSHWRIGHT_REGISTRY_PULLS: "a" },
    });
    expect(parsed).toEqual({
      faults: [
        expect.stringContaining(
          "PUSHWRIGHT_REGISTRY_PULLS: there is no such setting. Did you mean PUSHWRIGHT_REGISTRY_PULL?",
        ),
        expect.stringContaining("PUSHWRIGHT_REGISTRY_PUSH: is required"),
        expect.stringContaining("PUSHWRIGHT_DEADLINE: expected a time"),
      ],
    });
  });
});
