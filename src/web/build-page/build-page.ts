import type { Build } from "../../core/build.ts";
import { BuildId } from "../../core/build-id.ts";
import type { History } from "../../history/history.ts";
import { BUILD_PAGES, type BuildLinks } from "../build-links.ts";
import type { Page, PageHandler } from "../server.ts";
import { viewBuild } from "./build-view.ts";
import { CONTENT_SECURITY_POLICY, renderPage } from "./render-page.ts";

/** More attempts than a person looks through. */
const MAX_OTHERS = 50;
const JSON_ENDING = ".json";

/** The address holds the key: it must reach neither another site nor a cache. */
const HEADERS = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex, nofollow",
  "content-security-policy": CONTENT_SECURITY_POLICY,
};

/** Answers `/builds/<id>?key=…` with the build's page, and `/builds/<id>.json?key=…` with its record. */
export function createBuildPage(history: Pick<History, "get" | "list">, links: BuildLinks): PageHandler {
  return async ({ pathname, searchParams }) => {
    const name = pathname.slice(BUILD_PAGES.length);
    const isJson = name.endsWith(JSON_ENDING);
    const id = BuildId.safeParse(isJson ? name.slice(0, -JSON_ENDING.length) : name);
    const key = searchParams.get("key");
    // Whoever has no key learns nothing, not even from the time that it takes.
    if (!id.success || !links.mayRead(id.data, key)) return undefined;
    const build = await history.get(id.data);
    if (!build) return undefined;
    if (isJson) return page("application/json", `${JSON.stringify(viewBuild(build), null, 2)}\n`);
    const jsonUrl = `${id.data}${JSON_ENDING}?${new URLSearchParams({ key: key ?? "" })}`;
    return page("text/html", renderPage(build, await findOthers(history, build), links.linkTo, jsonUrl));
  };
}

async function findOthers(history: Pick<History, "list">, { request }: Build): Promise<Build[]> {
  const { repository, commit, id } = request;
  const { builds } = await history.list({ repository, commit }, { size: MAX_OTHERS });
  return builds.filter((other) => other.request.id !== id);
}

function page(type: string, body: string): Page {
  return { headers: { ...HEADERS, "content-type": `${type}; charset=utf-8` }, body };
}
