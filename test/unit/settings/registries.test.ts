import { describe, expect, it } from "vitest";
import { parseSettings } from "../../../src/settings/parse-settings.ts";

const required = {
  APP_ID: "1",
  PRIVATE_KEY: "key",
  WEBHOOK_SECRET: "secret",
  PUSHWRIGHT_REGISTRY_PUSH: "registry.example.com:5000/team",
};

function parse(env: Record<string, string>, values: Record<string, unknown> = {}) {
  const parsed = parseSettings({
    env: { ...required, ...env },
    file: { path: "/etc/pushwright.yml", values },
  });
  return "faults" in parsed ? { faults: parsed.faults } : { settings: parsed.settings, faults: [] };
}

describe("settings: registries", () => {
  const hub = { host: "docker.io", mirrors: ["mirror.example.com/hub", "other.example.com:5000"] };
  const mirror = { host: "mirror.example.com", insecure: true, ca: "/etc/ca.pem", login: true };

  it("stand in the file, or in the environment as JSON, and need nothing but their host", () => {
    const expected = [
      { ...hub, insecure: false, login: false },
      { ...mirror, mirrors: [] },
    ];
    const secret = { PUSHWRIGHT_REGISTRY_SECRET: "login" };
    expect(parse(secret, { registries: [hub, mirror] }).settings?.registries).toEqual(expected);
    const json = JSON.stringify([hub, mirror]);
    expect(parse({ ...secret, PUSHWRIGHT_REGISTRIES: json }).settings?.registries).toEqual(expected);
    expect(parse({}).settings).toMatchObject({ registries: [], mirrorsOnly: false });
  });

  it.each<[string, unknown, string]>([
    ["no list", "docker.io", "expected a list of registries"],
    ["no host", [{}], "0: host"],
    ["a host with a scheme", [{ host: "https://docker.io" }], "host[:port], without a scheme"],
    ["what there is not", [{ host: "docker.io", mirors: [] }], "mirors"],
    ["a mirror with a scheme", [{ host: "docker.io", mirrors: ["https://m"] }], "without a scheme"],
    ["one twice", [hub, hub], "docker.io stands there more than once"],
    ["a login that no Secret holds", [{ host: "docker.io", login: true }], "PUSHWRIGHT_REGISTRY_SECRET"],
    ["where images go", [{ host: "registry.example.com:5000" }], "is where images go"],
  ])("with %s are refused", (_, registries, fault) => {
    expect(parse({}, { registries }).faults).toEqual([expect.stringContaining(fault)]);
  });

  it.each(["Login", "a b", "-a", "a/b"])("with a Secret named %s are refused", (name) => {
    expect(parse({ PUSHWRIGHT_REGISTRY_SECRET: name }).faults).toEqual([
      expect.stringContaining("expected a Kubernetes Secret's name"),
    ]);
  });
});
