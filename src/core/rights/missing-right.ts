import type { Capability } from "../capability.ts";

/**
 * What the kernel asks for: a capability; `node`, which only `privileged` has; or `owners` above what a user namespace
 * has numbers for.
 */
export type Right = Capability | "node" | "owners";

/** https://man7.org/linux/man-pages/man7/capabilities.7.html, by what Kaniko, BusyBox and GNU's commands say. */
const SAID: readonly [RegExp, Right][] = [
  [/security\.capability\b.*not permitted|setcap\b.*not permitted|failed to set capabilities/i, "SETFCAP"],
  [/\bmknod\b.*not permitted/i, "MKNOD"],
  [/no new privileges|effective uid is not 0/i, "node"],
  [/\b(?:u?mount|unshare|pivot_root|losetup)\b.*(?:permission denied|not permitted|superuser)/i, "node"],
  [/\bchroot\b.*not permitted/i, "SYS_CHROOT"],
  [/\bkill\b.*not permitted/i, "KILL"],
  [/chown\b.*invalid argument/i, "owners"],
  [/chown\b.*not permitted/i, "CHOWN"],
  [/\b(?:f?chmod|(?:f|l)?utimes?|utimensat|touch)\b.*not permitted/i, "FOWNER"],
  [/\bset(?:res|re|fs)?uid\b.*not permitted/i, "SETUID"],
  [/\bset(?:res|re|fs)?gid\b.*not permitted|\bset ?groups\b.*not permitted/i, "SETGID"],
  [/\bbind\b.*permission denied/i, "NET_BIND_SERVICE"],
  [/permission denied/i, "DAC_OVERRIDE"],
];

/** The right whose lack these words of a failure tell of. */
export function missingRightIn(words: string): Right | undefined {
  return SAID.find(([said]) => said.test(words))?.[1];
}
