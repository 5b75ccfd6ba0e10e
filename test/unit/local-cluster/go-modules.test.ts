import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildKey } from "../../local-cluster/binaries/build-binaries.ts";
import {
  type GoModule,
  giteaModule,
  goBuildFlags,
  goModules,
} from "../../local-cluster/binaries/go-modules.ts";
import { goMinor } from "../../local-cluster/obstacle.ts";

const modules = [...Object.values<GoModule>(goModules), giteaModule];

test.each(modules)("$name is what its go.mod pins", ({ name, version }) => {
  const goMod = readFileSync(new URL(`../../local-cluster/modules/${name}/go.mod`, import.meta.url), "utf8");
  const tool = /^tool (?:\(\s+)?(\S+)/m.exec(goMod)?.[1] ?? "";
  const pin = [...goMod.matchAll(/^\s+(\S+) (v\S+)/gm)].find(
    ([, path]) => path && `${tool}/`.startsWith(`${path}/`),
  );
  expect(pin?.[2]).toBe(version);
});

test("sets the versions that Kubernetes would not know of itself", () => {
  const flags = goBuildFlags(goModules.kubernetes).join(" ");
  expect(flags).toContain("-X k8s.io/component-base/version.gitVersion=v1.34.4");
});

test("a build has another key when anything about it changes", () => {
  const keys = [
    buildKey("mod", "sum", goModules.runc),
    buildKey("mod2", "sum", goModules.runc),
    buildKey("mod", "sum2", goModules.runc),
    buildKey("mod", "sum", { ...goModules.runc, tags: "other" }),
    buildKey("mod", "sum", { ...goModules.runc, cgo: false }),
    buildKey("mod", "sum", { ...goModules.runc, data: ["templates"] }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(buildKey("mod", "sum", goModules.runc)).toBe(keys[0]);
});

test("reads Go's version", () => {
  expect(goMinor("go1.24.2")).toBe(24);
  expect(goMinor("go1.26rc1")).toBe(26);
  expect(goMinor(undefined)).toBe(0);
});
