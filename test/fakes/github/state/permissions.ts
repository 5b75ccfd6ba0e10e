export type PermissionLevel = "read" | "write" | "admin";

/** What an app, an installation or a token may do, e.g. `{ checks: "write" }`. */
export type Permissions = { [name: string]: PermissionLevel };

const LEVELS: PermissionLevel[] = ["read", "write", "admin"];

/** Whether what is granted covers what is needed. */
export function allows(granted: Permissions, name: string, needed: PermissionLevel): boolean {
  const level = granted[name];
  return level !== undefined && LEVELS.indexOf(level) >= LEVELS.indexOf(needed);
}
