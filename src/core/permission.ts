import { z } from "zod";

/** What an account may do in a repository, from nothing to everything, in GitHub's words. */
export const Permission = z.enum(["none", "read", "triage", "write", "maintain", "admin"]);
export type Permission = z.infer<typeof Permission>;

export function isAtLeast(permission: Permission, needed: Permission): boolean {
  const order = Permission.options;
  return order.indexOf(permission) >= order.indexOf(needed);
}
