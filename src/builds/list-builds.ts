import type { Build } from "../core/build.ts";
import type { BuildFilter, History } from "../history/history.ts";

const PAGE = 200;

/** All builds that fit, newest first, however many there are. */
export async function* listBuilds(
  history: Pick<History, "list">,
  filter: BuildFilter,
): AsyncGenerator<Build> {
  let from: string | undefined;
  do {
    const page = await history.list(filter, { size: PAGE, ...(from === undefined ? {} : { from }) });
    yield* page.builds;
    from = page.next;
  } while (from !== undefined);
}
