import { describe, expect, it, onTestFinished } from "vitest";
import type {
  Build,
  BuildRequest,
  BuildResult,
  BuildState,
  Cancellation,
  LaterTag,
} from "../../src/core/build.ts";
import type { BuildId } from "../../src/core/build-id.ts";
import type { BuildFilter, History, NoteAnswer } from "../../src/history/history.ts";
import { buildRequestOf } from "./build-request.ts";

/** Where a history keeps its builds: empty at first. */
export type HistoryPlace = {
  /** Opens the history as a new process would; `close` ends that process in good order. */
  open(): Promise<{ history: History; close(): Promise<void> }>;
  dispose(): Promise<void>;
};

const result: BuildResult = {
  outcome: "failure",
  diagnosis: { class: "permanent", code: "run-failed", title: "RUN failed", cause: "", remedy: "" },
  timings: { accepted: 1, finished: 2 },
  logTail: ["one", "two"],
  cache: { hits: 1, misses: 2 },
};
const cancellation: Cancellation = { reason: "asked", by: "ada", at: 5 };
const others: Cancellation = { reason: "superseded", by: "grace", commit: buildRequestOf(9).commit, at: 6 };

const laterTag: LaterTag = { name: "stable", moves: true, line: "branch main", pushedAt: 1 };

const answerOf = (at: number, said: string): NoteAnswer => ({
  at,
  by: "ada",
  asked: "`/build`",
  said,
  builds: [buildRequestOf(1).id],
});

/** What must hold for every history; with `shared`, of several processes on one place too. */
export function describeHistory(
  openPlace: () => Promise<HistoryPlace>,
  { shared }: { shared: boolean },
): void {
  async function start() {
    const place = await openPlace();
    const closings: (() => Promise<void>)[] = [];
    onTestFinished(async () => {
      await Promise.all(closings.map((close) => close()));
      await place.dispose();
    });
    const open = async () => {
      const process = await place.open();
      closings.push(process.close);
      return process;
    };
    const { history, close } = await open();
    /** Keeps a build of another commit for each number, a millisecond later each. */
    const keep = async (
      number: number,
      changes: Partial<BuildRequest> = {},
      state: BuildState = "queued",
    ) => {
      const request = buildRequestOf(number, { acceptedAt: 1_000 + number, ...changes });
      expect(await history.add({ request, state })).toBe("added");
      return request;
    };
    return { open, history, close, keep };
  }

  describe("a build", () => {
    it("is kept as it is, until and after another process opens the history", async () => {
      const { open, close, history } = await start();
      const build = {
        request: buildRequestOf(1),
        state: "completed",
        tries: 2,
        builder: "Kaniko v1.24.0",
        cancellation: others,
        wants: [{ line: "branch main", pushedAt: 1, mayBeSuperseded: true, isOver: true }],
        laterTags: [laterTag, { ...laterTag, line: "tag v1" }],
        threads: [
          { kind: "pull-request", number: 7 },
          { kind: "commit", commit: buildRequestOf(9).commit },
        ],
        reportId: "42",
        result,
        isImageRemoved: true,
      } satisfies Required<Build>;
      expect(await history.add(build)).toBe("added");
      expect(await history.get(build.request.id)).toEqual(build);
      const listed = { ...build, result: { ...result, logTail: [] } };
      expect((await history.list({})).builds).toEqual([listed]);
      await close();
      const { history: next } = await open();
      expect(await next.get(build.request.id)).toEqual(build);
    });

    it("is added once, whatever is said of it the second time", async () => {
      const { open, history } = await start();
      const other = shared ? (await open()).history : history;
      const request = buildRequestOf(1);
      const adds = [history, other, history, other].map((each, place) =>
        each.add({ request, state: "queued", reportId: String(place) }),
      );
      expect((await Promise.all(adds)).sort()).toEqual(["added", "known", "known", "known"]);
      const kept = await history.get(request.id);
      expect(await history.add({ request: { ...request, noCache: true }, state: "running" })).toBe("known");
      expect(await history.get(request.id)).toEqual(kept);
      expect(await history.count({})).toBe(1);
      expect(await history.count({ states: ["running"] })).toBe(0);
    });

    it("that is not kept is not there, is not changed and not cancelled", async () => {
      const { history } = await start();
      const { id } = buildRequestOf(1);
      expect(await history.get(id)).toBeUndefined();
      expect(await history.change(id, { state: "running" })).toBeUndefined();
      expect(await history.cancel(id, cancellation)).toBe(false);
      expect(await history.get(id)).toBeUndefined();
      expect(await history.count({})).toBe(0);
    });

    it("is changed field by field, and told as it is then", async () => {
      const { history, keep } = await start();
      const request = await keep(1);
      const { id } = request;
      expect(await history.change(id, {})).toEqual({ request, state: "queued" });
      expect(await history.change(id, { builder: "Kaniko", state: "running" })).toEqual({
        request,
        state: "running",
        builder: "Kaniko",
      });
      expect(await history.change(id, { state: "completed", result })).toEqual({
        request,
        state: "completed",
        builder: "Kaniko",
        result,
      });
      const shorter: BuildResult = { ...result, logTail: [] };
      expect((await history.change(id, { result: shorter }))?.result).toEqual(shorter);
      expect(await history.get(id)).toEqual({
        request,
        state: "completed",
        builder: "Kaniko",
        result: shorter,
      });
    });

    it("loses nothing when many change it at once", async () => {
      const { open, history, keep } = await start();
      const other = shared ? (await open()).history : history;
      const request = await keep(1);
      const { id } = request;
      await Promise.all([
        history.change(id, { builder: "Kaniko" }),
        other.change(id, { reportId: "42" }),
        history.change(id, { laterTags: [laterTag] }),
        other.change(id, { state: "completed" }),
        history.cancel(id, cancellation),
        other.change(id, { result }),
      ]);
      const { cancellation: _, ...kept } = (await history.get(id)) ?? {};
      expect(kept).toEqual({
        ...{ request, state: "completed", result },
        ...{ builder: "Kaniko", reportId: "42", laterTags: [laterTag] },
      });
    });

    it("keeps text that no database would take as it is", async () => {
      const { history, keep } = await start();
      const request = await keep(1, {
        branch: "nul \u0000",
        trigger: { ...buildRequestOf(1).trigger, rule: "\ud800" },
      });
      const logTail = ["\u0000\u001b[1m", "half \udc00", "😀", "back\\u0000slash"];
      await history.change(request.id, { result: { ...result, logTail } });
      const kept = await history.get(request.id);
      expect(kept?.result?.logTail).toEqual(["\u001b[1m", "half \ufffd", "😀", "back\\u0000slash"]);
      expect(kept?.request).toMatchObject({ branch: "nul ", trigger: { rule: "\ufffd" } });
      expect(await history.count({ branch: "nul \u0000" })).toBe(1);
    });
  });

  describe("a cancellation", () => {
    it("is set once, and is told of until the build is completed", async () => {
      const { history, keep } = await start();
      const [one, two] = [await keep(1), await keep(2, {}, "running")];
      const ids = [one.id, two.id, buildRequestOf(3).id];
      expect(await history.cancellations([])).toEqual(new Map());
      expect(await history.cancellations(ids)).toEqual(new Map());
      expect(await history.cancel(two.id, others)).toBe(true);
      expect(await history.cancel(two.id, cancellation)).toBe(false);
      expect(await history.cancellations(ids)).toEqual(new Map([[two.id, others]]));
      expect(await history.cancel(one.id, cancellation)).toBe(true);
      expect(await history.cancellations([one.id])).toEqual(new Map([[one.id, cancellation]]));
      await history.change(two.id, { state: "completed" });
      expect(await history.cancellations(ids)).toEqual(new Map([[one.id, cancellation]]));
      expect((await history.get(two.id))?.cancellation).toEqual(others);
    });

    it("comes too late for a completed build", async () => {
      const { history, keep } = await start();
      const { id } = await keep(1, {}, "running");
      await history.change(id, { state: "completed" });
      expect(await history.cancel(id, cancellation)).toBe(false);
      expect((await history.get(id))?.cancellation).toBeUndefined();
    });

    it("is of one, when many cancel at once", async () => {
      const { open, history, keep } = await start();
      const other = shared ? (await open()).history : history;
      const { id } = await keep(1);
      const cancels = [history, other, history, other].map((each, at) =>
        each.cancel(id, { ...cancellation, at }),
      );
      const set = await Promise.all(cancels);
      expect(set.filter(Boolean)).toHaveLength(1);
      expect((await history.get(id))?.cancellation).toEqual({ ...cancellation, at: set.indexOf(true) });
    });
  });

  describe("a list", () => {
    const numbersOf = (builds: Build[]) => builds.map(({ request }) => Number.parseInt(request.commit, 16));

    it("has the newest first, page by page, without the ends of their logs", async () => {
      const { history, keep } = await start();
      // In no order, and many at one time: then by id.
      const times = [5, 3, 3, 3, 9, 3, 1, 5, 3];
      const requests: BuildRequest[] = [];
      for (const [number, acceptedAt] of times.entries()) requests.push(await keep(number, { acceptedAt }));
      await history.change(buildRequestOf(4).id, { state: "completed", result });
      const sorted = requests
        .sort((one, other) => other.acceptedAt - one.acceptedAt || (other.id > one.id ? 1 : -1))
        .map(({ id }) => id);
      for (const size of [1, 2, 3, 4, 9, 100]) {
        const found: BuildId[] = [];
        let from: string | undefined;
        do {
          const page = await history.list({}, { size, ...(from === undefined ? {} : { from }) });
          expect(page.builds.length).toBeGreaterThan(0);
          expect(page.builds.length).toBeLessThanOrEqual(size);
          found.push(...page.builds.map(({ request }) => request.id));
          from = page.next;
        } while (from !== undefined);
        expect(found).toEqual(sorted);
      }
      const [newest] = (await history.list({}, { size: 1 })).builds;
      expect(newest?.result).toEqual({ ...result, logTail: [] });
    });

    it("goes on where it was, although builds came and the last one of the page changed", async () => {
      const { history, keep } = await start();
      for (const number of [1, 2, 3, 4]) await keep(number);
      const { next } = await history.list({ states: ["queued"] }, { size: 2 });
      await keep(5);
      await history.change(buildRequestOf(3).id, { state: "running" });
      const page = await history.list({ states: ["queued"] }, { size: 2, from: String(next) });
      expect(numbersOf(page.builds)).toEqual([2, 1]);
      expect(page.next).toBeUndefined();
    });

    it("is empty of nothing, and refuses a page that it never named", async () => {
      const { history } = await start();
      expect(await history.list({})).toEqual({ builds: [] });
      for (const from of ["", "1", "' OR 1=1 --", "9".repeat(100_000)]) {
        await expect(history.list({}, { from })).rejects.toThrow("no such page");
      }
    });

    it("has at most two hundred builds on a page, and fifty if nothing is said", async () => {
      const { history, keep } = await start();
      await Promise.all(Array.from({ length: 203 }, (_, number) => keep(number)));
      expect((await history.list({})).builds).toHaveLength(50);
      expect((await history.list({}, { size: 1_000 })).builds).toHaveLength(200);
      expect((await history.list({}, { size: -1 })).builds).toHaveLength(1);
    });

    it("and the count have the builds that fit every condition", async () => {
      const { history, keep } = await start();
      const { repository, image } = buildRequestOf(1);
      const shop = { repository };
      const other = { repository: { ...repository, name: "Other" } };
      const pullRequest = { number: 7, isFork: false, baseBranch: "main" };
      const api = { ...image, path: "acme/shop/api" };
      await keep(1, shop, "completed");
      await keep(2, { ...shop, branch: "dev" }, "running");
      const tagged = await keep(3, { ...shop, gitTag: "v1" });
      await keep(4, { ...shop, branch: "main", pullRequest });
      await keep(5, { ...shop, image: api, commit: buildRequestOf(2).commit });
      await keep(6, other, "waiting-for-approval");
      await keep(7, { repository: { ...repository, host: "ghe.example.com" } });
      await keep(8, { repository: { ...repository, forge: "gitea" } });
      const long = "x".repeat(5_000);
      await keep(9, { ...other, branch: long });

      const cases: [BuildFilter, number[]][] = [
        [{}, [9, 8, 7, 6, 2, 4, 3, 2, 1]],
        [shop, [2, 4, 3, 2, 1]],
        [{ repository: { ...repository, owner: "ACME", name: "sHop" } }, [2, 4, 3, 2, 1]],
        [{ repository: { ...repository, name: "other" } }, [9, 6]],
        [{ repository: { ...repository, name: "none" } }, []],
        [{ branch: "main" }, [8, 7, 6, 2, 1]],
        [{ branch: long }, [9]],
        [{ branch: `${long}y` }, []],
        [{ ...shop, branch: "main" }, [2, 1]],
        [{ ...shop, branch: "Main" }, []],
        [{ commit: buildRequestOf(2).commit }, [2, 2]],
        [{ pullRequest: 7 }, [4]],
        [{ pullRequest: 8 }, []],
        [{ imagePath: "acme/shop/api" }, [2]],
        [{ ...shop, imagePath: image.path }, [4, 3, 2, 1]],
        [{ states: ["queued"] }, [9, 8, 7, 2, 4, 3]],
        [{ states: ["running", "waiting-for-approval", "completed"] }, [6, 2, 1]],
        [{ ...shop, states: ["running", "completed"] }, [2, 1]],
        [{ ...shop, branch: "main", states: ["queued"], imagePath: "acme/shop/api" }, [2]],
        [{ states: [] }, []],
      ];
      for (const [filter, numbers] of cases) {
        expect([filter, numbersOf((await history.list(filter)).builds)]).toEqual([filter, numbers]);
        expect([filter, await history.count(filter)]).toEqual([filter, numbers.length]);
        const first = await history.list(filter, { size: 1 });
        expect(numbersOf(first.builds)).toEqual(numbers.slice(0, 1));
        expect(first.next !== undefined).toBe(numbers.length > 1);
      }
      await history.change(tagged.id, { state: "running" });
      expect(numbersOf((await history.list({ states: ["running"] })).builds)).toEqual([3, 2]);
      expect(await history.count({ ...shop, states: ["queued"] })).toBe(2);
    });

    it("counts only builds that were accepted before a time, if one is given", async () => {
      const { history, keep } = await start();
      for (const number of [1, 2, 3, 4]) await keep(number, {}, number === 2 ? "running" : "queued");
      const { repository } = buildRequestOf(1);
      for (const [ahead, all, queued] of [
        [1_000, 0, 0],
        [1_001, 0, 0],
        [1_002, 1, 1],
        [1_004, 3, 2],
        [1_004.5, 4, 3],
      ] as const) {
        expect(await history.count({}, ahead)).toBe(all);
        expect(await history.count({ states: ["queued"] }, ahead)).toBe(queued);
        expect(await history.count({ repository, states: ["queued"] }, ahead)).toBe(queued);
      }
    });
  });

  describe("the note in a thread", () => {
    it("is empty at first, and changes field by field", async () => {
      const { open, close, history } = await start();
      expect(await history.noteIn("a")).toEqual({ answers: {} });
      await history.changeNote("a", { 1: answerOf(1, "queued") });
      await history.changeNote("a", {}, "900");
      await history.changeNote("a", { 2: answerOf(2, "no"), 1: answerOf(1, "built") });
      await history.changeNote("b", { 1: answerOf(1, "other") }, "901");
      const answers = { 1: answerOf(1, "built"), 2: answerOf(2, "no") };
      expect(await history.noteIn("a")).toEqual({ noteId: "900", answers });
      await close();
      const { history: next } = await open();
      expect(await next.noteIn("a")).toEqual({ noteId: "900", answers });
      expect(await next.noteIn("b")).toEqual({ noteId: "901", answers: { 1: answerOf(1, "other") } });
    });

    it("loses nothing when many change it at once", async () => {
      const { open, history } = await start();
      const other = shared ? (await open()).history : history;
      const numbers = Array.from({ length: 20 }, (_, number) => number);
      await Promise.all(
        numbers.map((number) =>
          (number % 2 ? history : other).changeNote(
            "thread",
            { [`comment-${number}`]: answerOf(number, "yes") },
            number === 7 ? "900" : undefined,
          ),
        ),
      );
      const { noteId, answers } = await history.noteIn("thread");
      expect(noteId).toBe("900");
      expect(Object.keys(answers).sort()).toEqual(numbers.map((number) => `comment-${number}`).sort());
    });

    it("takes any name of a thread or comment, and any text", async () => {
      const { history } = await start();
      const thread = "github/github.com/acme/shop#7 \u0000 \ud800 '; --";
      await history.changeNote(thread, {
        ["__proto__"]: answerOf(1, "nul \u0000"),
        "\u0000": answerOf(2, ""),
      });
      const { answers } = await history.noteIn(thread);
      expect(Object.entries(answers).sort()).toEqual([
        ["", answerOf(2, "")],
        ["__proto__", answerOf(1, "nul ")],
      ]);
    });

    it("keeps its latest hundred answers", async () => {
      const { history } = await start();
      for (let number = 0; number < 103; number++) {
        await history.changeNote("thread", { [`comment-${number}`]: answerOf(number, "yes") });
      }
      const times = Object.values((await history.noteIn("thread")).answers).map(({ at }) => at);
      expect(times.sort((one, other) => one - other)).toEqual(Array.from({ length: 100 }, (_, at) => at + 3));
    });
  });
}
