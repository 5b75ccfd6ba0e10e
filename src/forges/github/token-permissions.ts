/** The permissions that a call's token has, and no others but `metadata: read`, which every token has. */
export type TokenPermissions = Record<string, "read" | "write">;

/**
 * A token for each kind of call, so that none can do more than its calls need:
 * https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
 */
export const TOKEN_PERMISSIONS = {
  /** Archives, files, commits, comparisons and check runs; what people may do needs `metadata` alone. */
  builds: { checks: "write", contents: "read" },
  /** Pull requests and what they change. */
  pullRequests: { contents: "read", pull_requests: "read" },
  /**
   * Comments on pull requests. GitHub's list says `issues: write` for reactions, but asks for this one where the comment
   * is on a pull request: https://github.com/MakieOrg/Makie.jl/pull/5644
   */
  pullRequestComments: { pull_requests: "write" },
  /** Comments on commits: to react to one, and to change one, is to write contents. */
  commitComments: { contents: "write" },
} as const satisfies Record<string, TokenPermissions>;

/** As people write them: `checks: write, contents: read`. */
export function formatPermissions(permissions: TokenPermissions): string {
  return Object.entries(permissions)
    .map(([name, level]) => `${name}: ${level}`)
    .join(", ");
}
