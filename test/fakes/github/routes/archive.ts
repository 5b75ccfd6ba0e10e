import { resolveCommit } from "../../git/read-refs.ts";
import { ApiError } from "../http/api-error.ts";
import type { Routes } from "./route.ts";

/** https://docs.github.com/rest/repos/contents#download-a-repository-archive-tar */
export const archiveRoutes: Routes = {
  "repos/download-tarball-archive": {
    for: "repository",
    anyOf: { contents: "read" },
    async answer({ world, repository, path }) {
      const ref = String(path.ref) || repository.defaultBranch;
      const commit = await resolveCommit(repository.gitDirectory, ref);
      if (!commit) throw new ApiError(404, "Not Found");
      const secret = world.codeloadLinks.issue(repository, commit, world.clock.now());
      const place = `/codeload/${repository.fullName}/legacy.tar.gz/${encodeURI(ref)}`;
      return { status: 302, headers: { location: world.urls.page(`${place}?token=${secret}`) } };
    },
  },
};
