import type { BuildFilter, History } from "../../src/history/history.ts";
import { keptBuild } from "./kept-build.ts";

/** One way to look builds up. `look` rejects when it does not find what is there. */
type LookUp = { what: string; look: () => Promise<void> };

const PAGE = 50;

/** Every filter with its first page and one deep in what it finds; a commit has no deep page. */
export async function lookUpsIn(history: History, builds: number): Promise<LookUp[]> {
  const { request } = keptBuild(builds / 2);
  const { repository, branch = "", commit, image, id } = request;
  const filters: [string, BuildFilter][] = [
    ["no filter", {}],
    ["repository", { repository }],
    ["branch", { branch }],
    ["commit", { commit }],
    ["image", { imagePath: image.path }],
    ["state", { states: ["completed"] }],
    ["repository, branch and state", { repository, branch, states: ["running"] }],
    ["repository and another's image", { repository, imagePath: keptBuild(1).request.image.path }],
  ];
  const lookUps: LookUp[] = [
    {
      what: "one build, with the end of its log",
      async look() {
        if (!(await history.get(id))?.result?.logTail.length) throw new Error(`build ${id} has no log`);
      },
    },
  ];
  for (const [name, filter] of filters) {
    const found = await history.count(filter);
    const page = (from?: string) => async () => {
      const { builds } = await history.list(filter, { size: PAGE, ...(from === undefined ? {} : { from }) });
      if (builds.length < Math.min(PAGE, found))
        throw new Error(`${name}: ${builds.length} builds on a page`);
    };
    lookUps.push({ what: `${name}: first page of ${found}`, look: page() });
    if (found <= 2 * PAGE) continue;
    const deep = await pageAfter(history, filter, found - 2 * PAGE);
    lookUps.push({ what: `${name}: page after ${found - 2 * PAGE}`, look: page(deep) });
  }
  return lookUps;
}

/** Where the page begins that follows so many builds. */
async function pageAfter(history: History, filter: BuildFilter, passed: number): Promise<string> {
  let from: string | undefined;
  for (let rest = passed; rest > 0; ) {
    const page = await history.list(filter, { size: Math.min(rest, 200), ...(from ? { from } : {}) });
    from = page.next;
    rest -= page.builds.length;
  }
  if (from === undefined) throw new Error(`there is no page after ${passed} builds`);
  return from;
}
