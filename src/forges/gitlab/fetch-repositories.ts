import { z } from "zod";
import type { Repository } from "../../core/repository.ts";
import type { GitLabClient } from "./client.ts";

/** From Developer on: what the bot needs to build. https://docs.gitlab.com/api/access_requests/#valid-access-levels */
const DEVELOPER = 30;

const Project = z.object({
  id: z.number(),
  path_with_namespace: z.string().includes("/"),
  web_url: z.url(),
});

/** The projects that the token's account is a member of and may build, at most a hundred. */
export async function fetchGitLabRepositories(client: GitLabClient): Promise<Repository[]> {
  const listed = await client.ask("listing the projects of the access token", ({ projects }) =>
    projects.all({
      membership: true,
      minAccessLevel: DEVELOPER,
      perPage: 100,
      maxPages: 1,
    }),
  );
  return z
    .array(Project)
    .parse(listed)
    .map(({ id, path_with_namespace: path, web_url: url }) => {
      const slash = path.lastIndexOf("/");
      const [owner, name] = [path.slice(0, slash), path.slice(slash + 1)];
      return { forge: "gitlab", host: client.host, owner, name, url, access: String(id) };
    });
}
