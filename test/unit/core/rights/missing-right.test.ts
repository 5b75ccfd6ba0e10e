import { describe, expect, it } from "vitest";
import { decideWayOut } from "../../../../src/core/rights/decide-way-out.ts";
import { missingRightIn } from "../../../../src/core/rights/missing-right.ts";
import { PROFILE_CAPABILITIES } from "../../../../src/core/security-profile.ts";

describe("core/rights: what was lacking", () => {
  it.each([
    ["resolving dest symlink: failed to lstat: lstat /data/file: permission denied", "DAC_OVERRIDE"],
    ["cat: can't open '/data/old': Permission denied", "DAC_OVERRIDE"],
    ["tar: can't remove old file package/cache/entry: Permission denied", "DAC_OVERRIDE"],
    [
      'failed to write "security.capability" attribute to "/a": lsetxattr security.capability /a: operation not permitted',
      "SETFCAP",
    ],
    ["Failed to set capabilities on file '/a' (Operation not permitted)", "SETFCAP"],
    ["mknod: /null: Operation not permitted", "MKNOD"],
    ["chroot: can't change root directory to '/': Operation not permitted", "SYS_CHROOT"],
    ["sh: can't kill pid 16: Operation not permitted", "KILL"],
    ["chown: /one: Invalid argument", "owners"],
    ["lchown /one: invalid argument", "owners"],
    ["chown: changing ownership of '/one': Operation not permitted", "CHOWN"],
    ["chmod: /one: Operation not permitted", "FOWNER"],
    ["mount: permission denied (are you root?)", "node"],
    ["unshare: unshare failed: Operation not permitted", "node"],
    ['sudo: The "no new privileges" flag is set', "node"],
    ["su: can't set groups: Operation not permitted", "SETGID"],
    ["setuid: Operation not permitted", "SETUID"],
    ["nc: bind: Permission denied", "NET_BIND_SERVICE"],
    ["npm error code E404", undefined],
    ["test: Invalid argument", undefined],
  ])("%s", (words, right) => {
    expect(missingRightIn(words)).toBe(right);
  });
});

describe("core/rights: what would have let it pass", () => {
  const under = (profile: "isolated" | "minimal" | "standard") => ({
    profile,
    capabilities: PROFILE_CAPABILITIES[profile],
  });
  it.each([
    ["DAC_OVERRIDE", "minimal", { profiles: ["isolated", "standard"] }],
    ["DAC_OVERRIDE", "standard", undefined],
    ["SETFCAP", "isolated", { profile: "isolated", capability: "SETFCAP" }],
    ["SETFCAP", "minimal", { profile: "minimal", capability: "SETFCAP" }],
    ["MKNOD", "standard", { profile: "standard", capability: "MKNOD" }],
    ["MKNOD", "isolated", { profile: "standard", capability: "MKNOD" }],
    ["owners", "isolated", { profiles: ["minimal", "standard"] }],
    ["owners", "standard", undefined],
    ["node", "isolated", { profiles: ["privileged"] }],
  ] as const)("%s under %s", (right, profile, wayOut) => {
    expect(decideWayOut(right, under(profile))).toEqual(wayOut);
  });

  it("is nothing that the build had", () => {
    const capabilities = [...PROFILE_CAPABILITIES.isolated, "SETFCAP"] as const;
    expect(decideWayOut("SETFCAP", { profile: "isolated", capabilities })).toBeUndefined();
    expect(decideWayOut("node", { profile: "privileged", capabilities: [] })).toBeUndefined();
  });
});
