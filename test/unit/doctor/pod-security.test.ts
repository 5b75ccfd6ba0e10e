import { expect, it } from "vitest";
import { SECURITY_CHOICES } from "../../../src/core/security-profile.ts";
import { podSecurityFault } from "../../../src/doctor/checks/pod-security-fault.ts";

const unprivileged = SECURITY_CHOICES.filter((each) => each !== "privileged");

it.each(unprivileged)(
  "a namespace for builds under %s enforces baseline, no less and no more",
  (security) => {
    expect(podSecurityFault("builds", "baseline", security)).toBeUndefined();
    const mended = "namespace builds pod-security.kubernetes.io/enforce=baseline";
    for (const level of [undefined, "privileged", "restricted"])
      expect(podSecurityFault("builds", level, security)).toContain(mended);
    expect(podSecurityFault("builds", "restricted", security)).toContain("lets no build run");
  },
);

it("a namespace for privileged builds enforces nothing that refuses them", () => {
  for (const level of [undefined, "privileged"])
    expect(podSecurityFault("builds", level, "privileged")).toBeUndefined();
  for (const level of ["baseline", "restricted"])
    expect(podSecurityFault("builds", level, "privileged")).toContain("enforce=privileged");
});
