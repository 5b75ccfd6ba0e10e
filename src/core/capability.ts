/**
 * What Pod Security's `baseline` lets a container have:
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */
export const BASELINE_CAPABILITIES = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
] as const;

/** A right of Linux's root that a container may have by itself. What goes beyond is `privileged`'s. */
export type Capability = (typeof BASELINE_CAPABILITIES)[number];
