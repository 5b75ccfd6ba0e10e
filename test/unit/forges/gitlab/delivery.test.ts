import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, it } from "vitest";
import { deliveryIdOf as idOf } from "../../../../src/forges/gitlab/delivery.ts";

const body = Buffer.from("{}");
const deliveryIdOf = (headers: IncomingHttpHeaders, sent: Buffer) => idOf(headers, sent, { isSigned: false });

describe("forges/gitlab/delivery", () => {
  it("is GitLab's own key, which stays the same when a delivery is sent again", () => {
    const headers = { "idempotency-key": "key", "webhook-id": "id", "x-gitlab-event-uuid": "event" };
    expect(deliveryIdOf(headers, body)).toBe("key");
    expect(deliveryIdOf({ "webhook-id": "id" }, body)).toBe("id");
  });

  it("is the signed one of a signed delivery, whatever key comes with it", () => {
    const headers = { "idempotency-key": "another", "webhook-id": "id" };
    expect(idOf(headers, body, { isSigned: true })).toBe("id");
  });

  it("tells two events of one request apart, and knows each of them again", () => {
    const headers = { "x-gitlab-event-uuid": "event" };
    expect(deliveryIdOf(headers, body)).toBe(deliveryIdOf({ ...headers }, Buffer.from("{}")));
    expect(deliveryIdOf(headers, body)).not.toBe(deliveryIdOf(headers, Buffer.from("[]")));
    expect(deliveryIdOf({}, body)).not.toBe(deliveryIdOf({}, Buffer.from("[]")));
  });

  it("is never longer than a name may be", () => {
    const long = "x".repeat(10_000);
    expect(deliveryIdOf({ "idempotency-key": long }, body).length).toBeLessThan(300);
    expect(deliveryIdOf({ "x-gitlab-event-uuid": long }, body).length).toBeLessThan(300);
  });
});
