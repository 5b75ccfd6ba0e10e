import { describe, expect, it } from "vitest";
import { endOfAnswer, endOfStatus } from "../../../../src/builders/kaniko/attachment-end.ts";

const status = (message: string) => JSON.stringify({ metadata: {}, status: "Failure", message, code: 500 });

describe("the end of an attachment", () => {
  it.each([
    "Internal error occurred: unable to upgrade connection: container kaniko not found in pod x-1-7nk78_builds",
    "Internal error occurred: error attaching to container: container is in CONTAINER_CREATED state",
    "Internal error occurred: error dialing backend: dial tcp 10.0.0.1:10250: connect: connection refused",
  ])("is a refusal for now: %s", (message) => {
    expect(endOfStatus(status(message))).toEqual({ kind: "refused", message });
  });

  it("is the container's, with all its output", () => {
    expect(endOfStatus('{"metadata":{},"status":"Success"}')).toEqual({ kind: "container-ended" });
  });

  it("is a break in all other cases", () => {
    expect(endOfStatus(status("stream error"))).toEqual({ kind: "broken", message: "stream error" });
    expect(endOfStatus("no JSON")).toEqual({ kind: "broken", message: "no JSON" });
  });

  it("is the API server's own refusal", () => {
    const body = JSON.stringify({ kind: "Status", status: "Failure", message: "pods/attach is forbidden" });
    expect(endOfAnswer(403, body)).toEqual({
      kind: "refused",
      status: 403,
      message: "pods/attach is forbidden",
    });
    expect(endOfAnswer(502, "<html>")).toEqual({ kind: "refused", status: 502, message: "<html>" });
  });
});
