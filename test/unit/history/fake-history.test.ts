import { describe } from "vitest";
import { describeHistory } from "../../contract/history.ts";
import { createFakeHistory, createFakeHistoryStore } from "../../fakes/fake-history.ts";

describe("the fake history", () => {
  const openPlace = async () => {
    const store = createFakeHistoryStore();
    const open = async () => ({ history: createFakeHistory(store), close: async () => {} });
    return { open, dispose: async () => {} };
  };
  describeHistory(openPlace, { shared: true });
});
